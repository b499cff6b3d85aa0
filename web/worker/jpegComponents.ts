/**
 * How many colour components a JPEG has: 1 is grey, 3 colour, 4 print colours. Its frame header
 * says so (ITU-T T.81, annex B.2.2).
 * @param bytes the start of a file
 * @returns undefined for what is no JPEG, or where the header lies further on
 */
export function jpegComponents(bytes: Uint8Array): number | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  let at = 2;
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!;
    // Frame headers are C0 to CF but for tables of codes (C4), extensions (C8) and C's (CC).
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return bytes[at + 9];
    at += 2 + bytes[at + 2]! * 256 + bytes[at + 3]!;
  }
  return undefined;
}
