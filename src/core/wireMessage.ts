/**
 * Protocol Buffers' wire format, written: each function makes one field, and a message is its fields
 * one after the other.
 */

/** How a field's value is laid out: the low three bits of its tag. */
const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;

/** @param value a whole number from 0, which is the default and left out, to 2^53 */
export const varintField = (field: number, value: number): Uint8Array =>
  value === 0 ? new Uint8Array(0) : concatenate([tag(field, VARINT), varint(value)]);

export function doubleField(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return concatenate([tag(field, FIXED64), bytes]);
}

export function floatField(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return concatenate([tag(field, FIXED32), bytes]);
}

export const textField = (field: number, text: string): Uint8Array =>
  messageField(field, new TextEncoder().encode(text));

export const messageField = (field: number, ...fields: readonly Uint8Array[]): Uint8Array => {
  const message = concatenate(fields);
  return concatenate([messageHead(field, message.length), message]);
};

/** What stands before a message, or before bytes, of so many bytes. */
export const messageHead = (field: number, length: number): Uint8Array =>
  concatenate([tag(field, LENGTH_DELIMITED), varint(length)]);

export function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const tag = (field: number, type: number): Uint8Array => varint(field * 8 + type);

/** Seven bits a byte, lowest first; the top bit says that more follow. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}
