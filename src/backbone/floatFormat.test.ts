import { expect, it } from 'vitest';
import { decodeFloats, isFloatFormat } from './floatFormat.ts';

const hex = (text: string) => Buffer.from(text, 'hex');

// numpy.array([1, -2.5, 65504, 2**-24, 6.0976e-05, -0.0, inf, 0.1], 'float16').tobytes().hex()
it('reads half precision: normal, subnormal, signed zero, infinite', () => {
  const floats = decodeFloats(hex('003c00c1ff7b0100ff030080007c662e'), 'F16');
  expect(Array.from(floats)).toEqual([
    1,
    -2.5,
    65504,
    2 ** -24,
    1023 * 2 ** -24,
    -0,
    Number.POSITIVE_INFINITY,
    0.0999755859375,
  ]);
  expect(decodeFloats(hex('017e'), 'F16')[0]).toBeNaN();
});

// torch.tensor([1, -3.140625, 1e30, 2**-133]).bfloat16(); hex of its int16 view, and .tolist()
it('reads bfloat16, as wide as float32', () => {
  const floats = decodeFloats(hex('803f49c04a710100'), 'BF16');
  expect(Array.from(floats)).toEqual([1, -3.140625, 1.0002555517425873e30, 2 ** -133]);
});

it('reads single and double precision wherever they lie in memory', () => {
  const bytes = Buffer.alloc(1 + 16);
  bytes.writeFloatLE(1.5, 1);
  bytes.writeFloatLE(-7, 5);
  expect(Array.from(decodeFloats(bytes.subarray(1, 9), 'F32'))).toEqual([1.5, -7]);
  bytes.writeDoubleLE(0.1, 9);
  expect(Array.from(decodeFloats(bytes.subarray(9), 'F64'))).toEqual([Math.fround(0.1)]);
});

it('knows its formats by name, and no property of objects', () => {
  expect(isFloatFormat('BF16')).toBe(true);
  expect(isFloatFormat('I64')).toBe(false);
  expect(isFloatFormat('constructor')).toBe(false);
});
