import { describe, expect, it } from 'vitest';
import { sha256 } from './hash.ts';
import { decodeNpy, encodeNpy, type NpyArray } from './npy.ts';

// b = io.BytesIO(); numpy.save(b, ARRAY); hashlib.sha256(b.getvalue()).hexdigest()
const CASES: [python: string, array: NpyArray, hash: string][] = [
  [
    "numpy.array([[1, -2.5, 3], [0, float('inf'), 7]], '<f4')",
    { shape: [2, 3], data: Float32Array.of(1, -2.5, 3, 0, Number.POSITIVE_INFINITY, 7) },
    '3912b314c6ba37159df1844f50a3ed2815dc86a2fdd5750b12cb54d1de9fc11f',
  ],
  [
    "numpy.array([1, 2, 3], 'u1')",
    { shape: [3], data: Uint8Array.of(1, 2, 3) },
    '9b51e50e6538e600111c668630bcc863f4130bb169a779525990001fc1ef9e3a',
  ],
  [
    "numpy.array([[-1]], '<i8')",
    { shape: [1, 1], data: BigInt64Array.of(-1n) },
    '458c85d893e7d9b138c84824a45afcba14ef4e4ca543a0187739368addfff326',
  ],
  [
    "numpy.array(5.5, '<f8')",
    { shape: [], data: Float64Array.of(5.5) },
    '35a7d3a798a20ab0369eb0e3cd31244829e07667c4757297e4f2383db90657f0',
  ],
  [
    "numpy.zeros((0, 3), '<i4')",
    { shape: [0, 3], data: new Int32Array(0) },
    'f44c5537960f437a767e10c9ec2607c92b5f0cd75d6bb46fb8073029f752b950',
  ],
];

describe('encodeNpy', () => {
  it.each(CASES)('writes the bytes of %s', (_python, array, hash) => {
    expect(sha256(encodeNpy(array))).toBe(hash);
  });

  it('writes only what a view shows', () => {
    const data = Float32Array.of(9, 1, 2, 9).subarray(1, 3);
    expect(decodeNpy(encodeNpy({ shape: [2], data }), 'x').data).toEqual(Float32Array.of(1, 2));
  });
});

describe('decodeNpy', () => {
  it.each(CASES)('reads %s back', (_python, array) => {
    expect(decodeNpy(encodeNpy(array), 'x')).toEqual(array);
  });

  // numpy.lib.format.write_array(b, numpy.arange(3, dtype='<f4'), version=(2, 0))
  it('reads version 2, whose header length has four bytes', () => {
    const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }".padEnd(115);
    const bytes = Buffer.concat([
      Buffer.from('\x93NUMPY\x02\x00\x74\x00\x00\x00', 'latin1'),
      Buffer.from(`${header}\n`),
      Buffer.from('000000000000803f00000040', 'hex'),
    ]);
    expect(decodeNpy(bytes, 'x')).toEqual({ shape: [3], data: Float32Array.of(0, 1, 2) });
  });

  it('reads from the middle of a larger buffer', () => {
    const bytes = encodeNpy({ shape: [2], data: Float64Array.of(1, 2) });
    const inside = new Uint8Array(bytes.length + 3);
    inside.set(bytes, 3);
    expect(decodeNpy(inside.subarray(3), 'x').data).toEqual(Float64Array.of(1, 2));
  });

  const rewritten = (from: string, to: string) =>
    Buffer.from(
      Buffer.from(encodeNpy({ shape: [2, 3], data: new Float32Array(6) }))
        .toString('latin1')
        .replace(from, to.padEnd(from.length)),
      'latin1',
    );

  it.each([
    ['nothing', new Uint8Array(0), 'other bytes'],
    ['a PNG', Buffer.from('\x89PNG\r\n\x1a\n1234567890', 'latin1'), 'other bytes'],
    ['half the data', rewritten('', '').subarray(0, 140), '12 bytes of data for shape (2, 3)'],
    ['half a header', rewritten('', '').subarray(0, 40), 'a header without type and shape'],
    // Found by `npm run torture -- fuzzModels`: npy, case 1 of the seed `flawmap`.
    ['sizes below zero', rewritten('(2, 3)', '(-2, -3)'), 'shape (-2, -3)'],
    ['a type that is a property', rewritten('<f4', 'toString'), 'type toString'],
    ['Fortran order', rewritten('False', 'True'), 'Fortran order'],
    ['big-endian numbers', rewritten('<f4', '>f4'), 'type >f4'],
    ['half-precision numbers', rewritten('<f4', '<f2'), 'type <f2'],
    ['a header that is something else', rewritten("'shape'", "'shade'"), 'a header without'],
  ])('refuses %s, naming the file', (_name, bytes, found) => {
    expect(() => decodeNpy(bytes, 'maps/7.npy')).toThrow(
      expect.objectContaining({
        kind: 'input',
        details: expect.objectContaining({
          what: 'cannot read maps/7.npy',
          found: expect.stringContaining(found),
          remedy: expect.stringContaining('numpy.save'),
        }),
      }),
    );
  });
});
