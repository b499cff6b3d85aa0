/** The library's reference is what its docstrings say now. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const root = resolve(import.meta.dirname, '..');

it('is written anew after every change: npm run docs:api', () => {
  const fresh = mkdtempSync(join(tmpdir(), 'flawmap-api-'));
  onTestFinished(() => rmSync(fresh, { recursive: true }));
  const typedoc = join(root, 'node_modules', 'typedoc', 'bin', 'typedoc');
  const options = ['--out', fresh, '--logLevel', 'Error'];
  execFileSync(process.execPath, [typedoc, ...options], { cwd: root });
  expect(pages(join(root, 'docs', 'api'))).toEqual(pages(fresh));
});

function pages(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => name.endsWith('.md')).sort();
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
