import { readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { type ByteSource, bufferedSource } from './wireFields.ts';

/** The bytes of an open file, of which a little is kept at hand. */
export async function fileSource(file: FileHandle): Promise<ByteSource> {
  const { size } = await file.stat();
  return bufferedSource(size, (bytes, start) => readSync(file.fd, bytes, 0, bytes.length, start));
}
