/**
 * Whether an inspector file is as it was written. Its last metadata entry is the CRC-32 of all bytes
 * before it: of a byte that has changed in the weights nothing else would tell, and scores would be
 * wrong in silence. It is no signature: whoever changes a file on purpose can make a new one.
 *
 * As onnx.proto has it: field 14 of the model, an entry of key (1) and value (2), so that the entry
 * is always the same number of bytes and found without reading the graph.
 */
import { inputError } from '../../core/error.ts';

export const CHECKSUM_KEY = 'flawmap.crc32';

/** Hexadecimal digits. */
const DIGITS = 8;
const KEY = [0x0a, CHECKSUM_KEY.length, ...new TextEncoder().encode(CHECKSUM_KEY)];
const ENTRY = [...KEY, 0x12, DIGITS];
/** All of the entry but the digits. */
const HEAD = Uint8Array.of(0x72, ENTRY.length + DIGITS, ...ENTRY);

export const CHECKSUM_BYTES = HEAD.length + DIGITS;

const digitsOf = (crc: number): string => crc.toString(16).padStart(DIGITS, '0');

/** What is to follow the bytes of this CRC-32, so that they are a file that can be checked. */
export const checksumEntry = (crc: number): Uint8Array =>
  Uint8Array.of(...HEAD, ...new TextEncoder().encode(digitsOf(crc)));

/**
 * The CRC-32 that a file says it has, in hexadecimal; undefined where it says nothing: files of
 * earlier versions, and those that another program has written anew.
 * @param end its last bytes, `CHECKSUM_BYTES` of them
 */
export function statedChecksum(end: Uint8Array): string | undefined {
  if (end.length < CHECKSUM_BYTES) return undefined;
  const entry = end.subarray(end.length - CHECKSUM_BYTES);
  if (HEAD.some((byte, i) => entry[i] !== byte)) return undefined;
  return new TextDecoder().decode(entry.subarray(HEAD.length));
}

/**
 * @param stated by the file
 * @param crc of all its bytes but the entry
 * @throws FlawmapError (input) where they differ
 */
export function requireChecksum(stated: string, crc: number, file: string): void {
  if (stated === digitsOf(crc)) return;
  throw inputError({
    what: `${file} is not as it was written: its bytes have changed, and its scores could be wrong`,
    expected: `CRC-32 ${stated}, which the file itself states`,
    found: `CRC-32 ${digitsOf(crc)}`,
    remedy:
      'copy it again from where it is whole, go back to an earlier version (`flawmap history`), or fit again',
  });
}
