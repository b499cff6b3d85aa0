/**
 * What the codec does not tell about a PNG: whether it is whole, and whether it is animated (an
 * APNG decodes silently to its default image). A PNG is its signature and then chunks: length,
 * type, data, checksum (W3C PNG specification, section 5.3).
 */
export function inspectPng(bytes: Uint8Array): { isWhole: boolean; frames: number } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let frames = 1;
  let position = 8;
  while (position + 12 <= buffer.length) {
    const length = buffer.readUInt32BE(position);
    const type = buffer.toString('latin1', position + 4, position + 8);
    const next = position + 12 + length;
    if (next > buffer.length) break;
    if (type === 'acTL' && length >= 4) frames = buffer.readUInt32BE(position + 8);
    if (type === 'IEND') return { isWhole: true, frames };
    position = next;
  }
  return { isWhole: false, frames };
}
