/** Size and type. */
const HEADER = 8;

/**
 * The length an AVIF file must have for its outermost boxes, each of which says its own length, to
 * be there. Source: ISO/IEC 14496-12, section 4.2.
 */
export function avifLength(file: Buffer): number {
  let at = 0;
  while (at < file.length) {
    if (at + 16 > file.length) return at + 16;
    const size = file.readUInt32BE(at);
    // 0: to the end of the file; 1: a long size follows the box's type.
    if (size === 0) return file.length;
    // Damaged sizes must not keep it in place.
    at += Math.max(HEADER, size === 1 ? Number(file.readBigUInt64BE(at + 8)) : size);
  }
  return at;
}
