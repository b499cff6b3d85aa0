/**
 * A file's bytes in order, in pieces that share one piece of memory: memory that nobody has touched
 * is slow to come by, at times slower than what is done with the bytes.
 */
import type { FileHandle } from 'node:fs/promises';

/** Bytes read at a time. */
const PIECE = 1 << 20;

/**
 * Ends early where the file has become shorter meanwhile.
 * @param end of what is read, in bytes
 * @returns views that hold until the next is asked for
 */
export async function* filePieces(file: FileHandle, end: number): AsyncGenerator<Uint8Array> {
  const memory = Buffer.allocUnsafeSlow(Math.min(PIECE, end));
  for (let at = 0; at < end; ) {
    const { bytesRead } = await file.read(memory, 0, Math.min(PIECE, end - at), at);
    if (bytesRead === 0) return;
    yield memory.subarray(0, bytesRead);
    at += bytesRead;
  }
}
