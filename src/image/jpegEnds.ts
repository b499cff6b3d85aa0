const END_OF_IMAGE = Buffer.of(0xff, 0xd9);
const START_OF_SCAN = 0xda;

/**
 * Whether a JPEG reaches its end marker. Between the segments behind the start, entropy-coded data
 * never holds one by chance: a 0xff in it is followed by 0. Source: ITU-T T.81, annex B.
 * @returns true also where the segments do not follow each other: that is damage, not an early end
 */
export function jpegEnds(file: Buffer): boolean {
  let at = 2;
  while (at + 4 <= file.length) {
    if (file[at] !== 0xff) return true;
    if (file[at + 1] === START_OF_SCAN) return file.indexOf(END_OF_IMAGE, at) >= 0;
    at += 2 + file.readUInt16BE(at + 2);
  }
  return false;
}
