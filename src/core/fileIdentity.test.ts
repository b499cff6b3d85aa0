import { copyFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeTree } from '../../test/support/tree.ts';
import { fileIdentity, GONE } from './fileIdentity.ts';

it('tells a file that was replaced or written to, even where its size and time were kept', async () => {
  const root = makeTree({ 'a.onnx': 'one', 'b.onnx': 'two' });
  const [path, other] = ['a.onnx', 'b.onnx'].map((name) => join(root, name)) as [string, string];
  const seen = [await fileIdentity(path)];
  expect(await fileIdentity(path)).toBe(seen[0]);
  const { atime, mtime } = statSync(path);
  await new Promise((resolve) => setTimeout(resolve, 20));
  writeFileSync(path, 'ONE');
  utimesSync(path, atime, mtime);
  seen.push(await fileIdentity(path));
  copyFileSync(other, `${other}.copy`);
  renameSync(`${other}.copy`, path);
  seen.push(await fileIdentity(path));
  rmSync(path);
  seen.push(await fileIdentity(path));
  expect(new Set(seen).size).toBe(4);
  expect(seen[3]).toBe(GONE);
});
