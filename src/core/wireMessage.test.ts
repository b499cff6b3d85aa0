import { expect, it } from 'vitest';
import { doubleField, floatField, messageField, textField, varintField } from './wireMessage.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

// The examples of https://protobuf.dev/programming-guides/encoding.
it('varintField writes seven bits a byte, lowest first, and leaves out the default', () => {
  expect(hex(varintField(1, 150))).toBe('089601');
  expect(hex(varintField(1, 127))).toBe('087f');
  expect(hex(varintField(1, 128))).toBe('088001');
  expect(hex(varintField(20, 1))).toBe('a00101');
  expect(hex(varintField(1, 0))).toBe('');
});

// python3: from google.protobuf.internal.encoder import _VarintBytes; _VarintBytes(2**53).hex()
it('varintField writes numbers beyond 32 bits', () => {
  expect(hex(varintField(1, 2 ** 53))).toBe('088080808080808010');
});

it('textField and messageField put the length in bytes first', () => {
  expect(hex(textField(2, 'testing'))).toBe('120774657374696e67');
  expect(hex(messageField(3, varintField(1, 150)))).toBe('1a03089601');
  expect(hex(textField(2, 'ü'))).toBe('1202c3bc');
  expect(hex(messageField(2))).toBe('1200');
});

// python3: struct.pack('<d', -0.1).hex(), struct.pack('<f', -0.1).hex()
it('doubleField and floatField are little-endian', () => {
  expect(hex(doubleField(1, -0.1))).toBe('099a9999999999b9bf');
  expect(hex(floatField(1, -0.1))).toBe('0dcdccccbd');
});
