/** A matrix product, as a graph of its own. */
import type { Tensor } from './elementType.ts';
import { createGraph } from './graph.ts';
import { matmul } from './ops/neural.ts';
import { encodeModel } from './protoParts.ts';
import { openSession } from './session.ts';

/**
 * In the precision of its factors.
 * @param a [m, inner]
 * @param b [inner, n]
 * @returns [m, n]
 */
export async function product<T extends Float32Array | Float64Array>(
  a: T,
  b: T,
  inner: number,
): Promise<T> {
  const type = a instanceof Float32Array ? 'float32' : 'float64';
  const graph = createGraph('product');
  const left = graph.input('a', type, ['m', inner]);
  const right = graph.input('b', type, [inner, 'n']);
  graph.output('y', matmul(left, right));
  await using session = await openSession(encodeModel(graph.toModel()));
  const tensor = (data: T, dims: readonly number[]): Tensor => ({ type, dims, data });
  const { y } = await session.run({
    a: tensor(a, [a.length / inner, inner]),
    b: tensor(b, [inner, b.length / inner]),
  });
  return y!.data as T;
}
