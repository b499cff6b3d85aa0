import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { makeTree } from '../../test/support/tree.ts';
import { readFully } from './readFully.ts';

it('goes on where one read gives less, and ends where the file does', async () => {
  const root = makeTree({ 'ten.txt': Buffer.from('0123456789') });
  await using file = await open(join(root, 'ten.txt'), 'r');
  const read = file.read.bind(file) as (...args: unknown[]) => ReturnType<typeof file.read>;
  const three = (bytes: Uint8Array, at: number, length: number, position: number) =>
    read(bytes, at, Math.min(3, length), position);
  vi.spyOn(file, 'read').mockImplementation(three as never);
  const bytes = Buffer.alloc(8, '-');
  expect(await readFully(file, bytes, 1)).toBe(8);
  expect(bytes.toString()).toBe('12345678');
  bytes.fill('-');
  expect(await readFully(file, bytes, 5)).toBe(5);
  expect(bytes.toString()).toBe('56789---');
});
