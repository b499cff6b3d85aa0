/** Fields of protobuf messages, walked over without reading what is in them. */

/** Bytes of a file, or in memory. */
export interface ByteSource {
  readonly size: number;
  /** Fewer than asked for only at the end; they hold until the next are read. */
  read(start: number, length: number): Uint8Array;
}

export interface WireField {
  readonly number: number;
  /** Of a number; of others, and of one above 2^53, not exact. */
  readonly value: number;
  /** Where its content is: of a message, a text or bytes, without the length in front. */
  readonly start: number;
  readonly end: number;
  readonly kind: 'number' | 'bytes' | 'fixed';
}

const KINDS: Readonly<Record<number, WireField['kind']>> = {
  0: 'number',
  1: 'fixed',
  2: 'bytes',
  5: 'fixed',
};

/** A field goes on behind the end of what holds it: where a file was cut, or its bytes are no message. */
export class CutShort extends RangeError {
  readonly field: WireField;

  constructor(field: WireField) {
    super('a field that is longer than its message');
    this.field = field;
  }
}

/** The longest a number is: of a tag, and of a length or a value. */
const HEAD_BYTES = 20;

/**
 * @param end exclusive
 * @throws RangeError where the bytes are no message
 */
export function* wireFields(
  source: ByteSource,
  start: number,
  end: number,
): Generator<WireField, void, void> {
  for (let at = start; at < end; ) {
    const head = source.read(at, Math.min(HEAD_BYTES, end - at));
    const tag = varint(head, 0);
    const kind = KINDS[tag.value % 8];
    const number = Math.floor(tag.value / 8);
    // Other readers take the lower 32 bits of a tag, and would see another field.
    if (kind === undefined || number === 0 || tag.value >= 2 ** 32) {
      throw new RangeError('an unknown kind of field');
    }
    const own = kind === 'fixed' ? { value: 0, length: 0 } : varint(head, tag.length);
    const content = at + tag.length + own.length;
    const length =
      kind === 'bytes' ? own.value : kind === 'number' ? 0 : tag.value % 8 === 1 ? 8 : 4;
    const field: WireField = {
      number,
      value: own.value,
      start: content,
      end: content + length,
      kind,
    };
    if (field.end > end) throw new CutShort(field);
    yield field;
    at = content + length;
  }
}

export function varint(bytes: Uint8Array, start: number): { value: number; length: number } {
  let value = 0;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[start + i];
    if (byte === undefined) break;
    value += (byte & 127) * 2 ** (7 * i);
    if (byte < 128) return { value, length: i + 1 };
  }
  throw new RangeError('a number without an end');
}

/**
 * Reads larger pieces than it is asked for, into one piece of memory; but not much larger: most of a
 * model is skipped.
 */
export function bufferedSource(
  size: number,
  readInto: (bytes: Uint8Array, start: number) => number,
): ByteSource {
  const memory = new Uint8Array(1 << 14);
  let piece = memory.subarray(0, 0);
  let from = 0;
  return {
    size,
    read(start, length) {
      if (start >= from && start + length <= from + piece.length) {
        return piece.subarray(start - from, start - from + length);
      }
      const count = Math.max(0, Math.min(Math.max(memory.length, length), size - start));
      const bytes = count > memory.length ? new Uint8Array(count) : memory.subarray(0, count);
      piece = bytes.subarray(0, readInto(bytes, start));
      from = start;
      return piece.subarray(0, length);
    },
  };
}

export const memorySource = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: (start, length) => bytes.subarray(start, start + length),
});
