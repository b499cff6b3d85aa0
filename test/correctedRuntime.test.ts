/** What the page's build changes in onnxruntime-web; what it is good for is seen in webPagePlaces.system.test.ts. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const { correctedRuntime } = (await import(
  new URL('../scripts/correctedRuntime.mjs', import.meta.url).href
)) as { correctedRuntime: (script: string) => string };
const runtime = dirname(createRequire(import.meta.url).resolve('onnxruntime-web'));
const script = readFileSync(join(runtime, 'ort.bundle.min.mjs'), 'utf8');

it('finds every place in the version that is installed, and leaves a module', () => {
  const corrected = correctedRuntime(script);
  expect(corrected).not.toBe(script);
  const folder = mkdtempSync(join(tmpdir(), 'flawmap-test-'));
  try {
    const file = join(folder, 'runtime.mjs');
    writeFileSync(file, corrected);
    execFileSync(process.execPath, ['--check', file], { stdio: 'pipe' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('refuses a version that differs in such a place, or is corrected already', () => {
  const other = script.replace('invalid shape specified', 'no such shape');
  expect(() => correctedRuntime(other)).toThrow('0 places for: products of no rows');
  expect(() => correctedRuntime(correctedRuntime(script))).toThrow('0 places for: programs');
});
