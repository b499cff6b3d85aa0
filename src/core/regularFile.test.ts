import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeTree } from '../../test/support/tree.ts';
import { readRegularFile } from './regularFile.ts';

it('reads a file, and what a link leads to', async () => {
  const root = makeTree({ a: 'text' });
  symlinkSync('a', join(root, 'b'));
  expect(String(await readRegularFile(join(root, 'a')))).toBe('text');
  expect(String(await readRegularFile(join(root, 'b')))).toBe('text');
});

it('neither waits for a pipe nor reads a device without end', async () => {
  const root = makeTree({});
  execFileSync('mkfifo', [join(root, 'pipe')]);
  symlinkSync('/dev/zero', join(root, 'zero'));
  await expect(readRegularFile(join(root, 'pipe'))).rejects.toThrow(
    /cannot read .*pipe\n.*a file\n.*a pipe\n.*copy what is to be read/,
  );
  await expect(readRegularFile(join(root, 'zero'))).rejects.toThrow(/found: +a device/);
});

it('names a socket as what it is', async () => {
  const path = join(makeTree({}), 'socket');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  try {
    await expect(readRegularFile(path)).rejects.toThrow(
      /cannot read .*socket\n.*\n.*found: +a socket/,
    );
  } finally {
    server.close();
  }
});

it("leaves the system's errors as they are", async () => {
  const root = makeTree({});
  mkdirSync(join(root, 'folder'));
  await expect(readRegularFile(join(root, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(readRegularFile(join(root, 'folder'))).rejects.toMatchObject({ code: 'EISDIR' });
});
