/** Against the Cast of onnxruntime, in both directions. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../core/random.ts';
import { asFloat32, float32 } from './elementType.ts';
import { fromHalf, LARGEST_HALF, toHalf } from './float16.ts';
import { createGraph } from './graph.ts';
import { encodeModel } from './onnx/protoParts.ts';
import { cast } from './ops/elementwise.ts';
import { openSession, type Session } from './session/session.ts';

let session: Session;

beforeAll(async () => {
  const graph = createGraph('halves');
  const values = graph.input('values', 'float32', ['N']);
  const half = cast(values, 'float16');
  graph.output('half', half);
  graph.output('back', cast(half, 'float32'));
  session = await openSession(encodeModel(graph.toModel()), { name: 'halves' });
});
afterAll(() => session.close());

async function byRuntime(values: Float32Array) {
  const { half, back } = await session.run({ values: float32(values, [values.length]) });
  const { buffer, byteOffset, byteLength } = half!.data;
  const bits = new Uint16Array(buffer, byteOffset, byteLength / 2);
  return { bits, back: asFloat32(back!) };
}

const everyHalf = Uint16Array.from({ length: 0x10000 }, (_, bits) => bits);
/** Not-a-number has many forms. */
const finite = everyHalf.filter((bits) => (bits & 0x7c00) !== 0x7c00);

describe('fromHalf', () => {
  it('gives every finite number that has a half, and back', async () => {
    const values = fromHalf(finite);
    const { bits, back } = await byRuntime(values);
    expect(bits).toEqual(finite);
    expect(back).toEqual(values);
    expect(toHalf(values)).toEqual(finite);
  });

  it('knows the largest, infinity and what is no number', () => {
    expect([...fromHalf(Uint16Array.of(0x7bff, 0x7c00, 0xfc00, 0x7e00))]).toEqual([
      LARGEST_HALF,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NaN,
    ]);
  });
});

describe('toHalf', () => {
  it('rounds as onnxruntime does: at random, halfway between halves, and just beside', async () => {
    const random = createRandom('halves');
    const values: number[] = [0, -0, 65519, 65520, -65520, 1e30, 2 ** -25, 2 ** -26, 1e-40];
    for (let i = 0; i < 20_000; i++)
      values.push((random.next() - 0.5) * 2 ** (random.next() * 44 - 28));
    const positive = fromHalf(finite.filter((bits) => bits < 0x8000));
    for (let i = 1; i < positive.length; i++) {
      const middle = (positive[i - 1]! + positive[i]!) / 2;
      values.push(middle, -middle, middle * (1 + 2 ** -22), middle * (1 - 2 ** -22));
    }
    const all = Float32Array.from(values);
    expect(toHalf(all)).toEqual((await byRuntime(all)).bits);
  });

  it('keeps what is no number', () => {
    expect(fromHalf(toHalf(Float32Array.of(Number.NaN)))[0]).toBeNaN();
  });
});
