import type { FileHandle } from 'node:fs/promises';

/**
 * Fills `bytes` from a place in a file on; one read may give less than it was asked for.
 * @returns how many were filled: fewer only where the file ends
 */
export async function readFully(
  file: FileHandle,
  bytes: Uint8Array,
  position: number,
): Promise<number> {
  let filled = 0;
  while (filled < bytes.length) {
    const left = bytes.length - filled;
    const { bytesRead } = await file.read(bytes, filled, left, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}
