/** IEEE 754 half precision (binary16), as its bits: Node.js 20 has no Float16Array. */

const bitsOf = new Uint32Array(1);
const floatOf = new Float32Array(bitsOf.buffer);

/** The largest finite half: 65504. */
export const LARGEST_HALF = 65504;

/** The nearest half of each number, ties to the even one; beyond the largest it is infinite. */
export function toHalf(values: Float32Array): Uint16Array {
  return Uint16Array.from(values, halfBits);
}

export function fromHalf(halves: Uint16Array): Float32Array {
  return Float32Array.from(halves, floatOfHalf);
}

function halfBits(value: number): number {
  floatOf[0] = value;
  const bits = bitsOf[0]!;
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  // 65520 lies halfway to the first number that is too large.
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  // From 2^-14 on, exponents are shifted and mantissas lose 13 bits.
  if (magnitude >= 0x38800000) return sign | ((magnitude - 0x38000000 + roundUp(magnitude)) >>> 13);
  // Below it, halves are multiples of 2^-24; this sum rounds to one, ties to even.
  floatOf[0] = Math.abs(value) + 0.5;
  return sign | (bitsOf[0]! - 0x3f000000);
}

/** What carries into the 14th bit where a number lies above the middle, or at it of an odd one. */
const roundUp = (magnitude: number) => 0xfff + ((magnitude >>> 13) & 1);

function floatOfHalf(half: number): number {
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  const sign = half & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
