/** What the compiler leaves behind. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const dist = resolve(import.meta.dirname, '..', 'dist');

it('has the files that packers must not leave out', () => {
  const root = resolve(dist, '..');
  const { sideEffects } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(sideEffects).toHaveLength(1);
  for (const file of sideEffects) expect(existsSync(join(root, file)), file).toBe(true);
});

it('imports nothing that is not built', () => {
  // TypeScript 6.0.3 has left `import('x.ts')` as it was beside `await using` in one function.
  const modules = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.js'),
  );
  expect(modules.length).toBeGreaterThan(500);
  for (const module of modules) {
    const path = join(dist, module);
    const text = readFileSync(path, 'utf8');
    for (const [, specifier] of text.matchAll(/(?:\bfrom|\bimport\(?)\s*['"](\.[^'"]*)['"]/g)) {
      expect(existsSync(resolve(path, '..', specifier!)), `${module}: ${specifier}`).toBe(true);
      expect(specifier, module).toMatch(/\.js$/);
    }
  }
});
