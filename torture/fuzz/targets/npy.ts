import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeNpy, encodeNpy } from '../../../src/core/npy.ts';
import type { Random } from '../../../src/core/random.ts';
import { mutateBytes } from '../mutate.ts';
import type { FuzzTarget } from '../target.ts';

const SHAPES = [
  '3',
  '3,',
  '2, 3',
  '-1, 3',
  '-2, -3',
  '1e9, 1',
  '0x3,',
  '99999999999,',
  '0,',
  '',
  'nan',
  '2, 3, 4, 5',
  '2.5, 2',
  '2L, 3L',
  `${'1, '.repeat(5000)}`,
];
const TYPES = [
  '<f4',
  '>f4',
  '<f8',
  '|u1',
  '<i8',
  '|O',
  '<f0',
  '<f-1',
  '<U10',
  '<f4096',
  'f',
  '',
  "<f4' '",
  '__proto__',
];

export const npyTarget: FuzzTarget = {
  name: 'npy',
  what: '.npy files',
  cases: 18_000,
  megabytes: 200,
  async prepare() {
    const corpus = [
      encodeNpy({ shape: [2, 3], data: new Float32Array(6) }),
      encodeNpy({ shape: [4], data: new Uint8Array(4) }),
      encodeNpy({ shape: [], data: new BigInt64Array(1) }),
    ];
    return {
      make(random, { input }) {
        const bytes =
          random.next() < 0.6
            ? mutateBytes(random, random.pick(corpus), corpus)
            : strangeHeader(random);
        writeFileSync(join(input, 'map.npy'), bytes);
      },
      async run({ input }) {
        const path = join(input, 'map.npy');
        const { shape, data } = decodeNpy(readFileSync(path), path);
        const count = shape.reduce((product, size) => product * size, 1);
        const whole = shape.every((size) => Number.isInteger(size) && size >= 0);
        return whole && data.length === count
          ? undefined
          : `shape ${shape} of ${data.length} numbers`;
      },
    };
  },
};

function strangeHeader(random: Random): Buffer {
  const order = random.pick(['False', 'True', 'None']);
  const header = `{'descr': '${random.pick(TYPES)}', 'fortran_order': ${order}, 'shape': (${random.pick(SHAPES)}), }\n`;
  const long = random.next() < 0.5;
  const length = random.pick([header.length, header.length, 0, 10, 65_535]);
  const head = Buffer.from(`\x93NUMPY${long ? '\x02' : '\x01'}\0`, 'latin1');
  const size = Buffer.alloc(long ? 4 : 2);
  if (long) size.writeUInt32LE(random.next() < 0.1 ? 0xffffffff : length);
  else size.writeUInt16LE(length);
  return Buffer.concat([
    head,
    size,
    Buffer.from(header, 'latin1'),
    Buffer.alloc(random.integer(64)),
  ]);
}
