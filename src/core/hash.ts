/** SHA-256 of bytes and files, in lower-case hexadecimal. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { filePieces } from './filePieces.ts';

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Of chunks that follow each other. */
export function sha256Chunks(chunks: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}

/** In constant memory. Rejects with the system error if the file cannot be read. */
export async function sha256File(path: string): Promise<string> {
  const hash = createHash('sha256');
  await using file = await open(path);
  for await (const piece of filePieces(file, (await file.stat()).size)) hash.update(piece);
  return hash.digest('hex');
}
