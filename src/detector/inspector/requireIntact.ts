import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { filePieces } from '../../core/filePieces.ts';
import { CHECKSUM_BYTES, requireChecksum, statedChecksum } from './checksum.ts';

/**
 * Reads all of an inspector file, in constant memory: 100 MB in less than a tenth of a second where
 * the system still has them at hand. Files without a checksum pass.
 * @throws FlawmapError (input) where it is not as it was written; the system's error where it
 * cannot be read
 */
export async function requireIntact(path: string): Promise<void> {
  await using file = await open(path, 'r');
  const { size } = await file.stat();
  const end = size - CHECKSUM_BYTES;
  if (end < 0) return;
  const last = Buffer.alloc(CHECKSUM_BYTES);
  await file.read(last, 0, CHECKSUM_BYTES, end);
  const stated = statedChecksum(last);
  if (stated === undefined) return;
  let crc = 0;
  for await (const piece of filePieces(file, end)) crc = crc32(piece, crc);
  // Of a file that has become shorter meanwhile, the checksum tells.
  requireChecksum(stated, crc, path);
}

/** @throws FlawmapError (input) where the bytes of an inspector file are not as they were written */
export function requireIntactBytes(bytes: Uint8Array, name: string): void {
  const stated = statedChecksum(bytes.subarray(-CHECKSUM_BYTES));
  if (stated !== undefined)
    requireChecksum(stated, crc32(bytes.subarray(0, -CHECKSUM_BYTES)), name);
}
