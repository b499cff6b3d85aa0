/** A matrix product, as a graph of its own. */
import { asFloat32, float32 } from './elementType.ts';
import { createGraph } from './graph.ts';
import { matmul } from './ops/neural.ts';
import { encodeModel } from './protoParts.ts';
import { openSession } from './session.ts';

/**
 * @param a float32 [m, inner]
 * @param b float32 [inner, n]
 * @returns float32 [m, n]
 */
export async function product(
  a: Float32Array,
  b: Float32Array,
  inner: number,
): Promise<Float32Array> {
  const graph = createGraph('product');
  const left = graph.input('a', 'float32', ['m', inner]);
  const right = graph.input('b', 'float32', [inner, 'n']);
  graph.output('y', matmul(left, right));
  await using session = await openSession(encodeModel(graph.toModel()));
  const { y } = await session.run({
    a: float32(a, [a.length / inner, inner]),
    b: float32(b, [inner, b.length / inner]),
  });
  return asFloat32(y!);
}
