/** Bytes a value takes by its TIFF type, 1 (BYTE) to 12 (DOUBLE). */
const TYPE_SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
const BIG_TIFF = 43;

/**
 * The length a TIFF must have for its first directory and that directory's values to be there;
 * many writers put them at the end of the file. Pixels are not counted, and of a BigTIFF only the
 * directory's start. Source: TIFF 6.0, section 2.
 */
export function tiffLength(file: Buffer): number {
  const headerLength = 8;
  if (file.length < 2 * headerLength) return 2 * headerLength;
  const isLittleEndian = file.toString('latin1', 0, 2) === 'II';
  const short = (at: number) => (isLittleEndian ? file.readUInt16LE(at) : file.readUInt16BE(at));
  const long = (at: number) => (isLittleEndian ? file.readUInt32LE(at) : file.readUInt32BE(at));
  if (short(2) === BIG_TIFF) {
    return Number(isLittleEndian ? file.readBigUInt64LE(8) : file.readBigUInt64BE(8)) + 1;
  }
  const directory = long(4);
  if (file.length < directory + 2) return directory + 2;
  const entries = directory + 2;
  const end = entries + short(directory) * 12 + 4;
  if (file.length < end) return end;
  let length = end;
  for (let entry = entries; entry < end - 4; entry += 12) {
    const size = (TYPE_SIZES[short(entry + 2)] ?? 0) * long(entry + 4);
    // Values of up to four bytes stand in the entry itself.
    if (size > 4) length = Math.max(length, long(entry + 8) + size);
  }
  return length;
}
