/** Matrix products, as graphs of their own. */
import type { Tensor } from './elementType.ts';
import { createGraph } from './graph.ts';
import { encodeModel } from './onnx/protoParts.ts';
import { matmul } from './ops/neural.ts';
import { ON_PROCESSOR, openSession } from './session/session.ts';

type Numbers = Float32Array | Float64Array;

/**
 * In the precision of its factors.
 * @param a [m, inner]
 * @param b [inner, n]
 * @returns [m, n]
 */
export async function product<T extends Numbers>(a: T, b: T, inner: number): Promise<T> {
  await using factor = await openFactor(b, inner);
  return factor.appliedTo(a);
}

/** A right factor that many left ones meet. */
export interface Factor<T extends Numbers> extends AsyncDisposable {
  /**
   * @param a [m, inner]
   * @returns a times this factor, [m, n]
   */
  appliedTo(a: T): Promise<T>;
}

/** @param b [inner, n] */
export async function openFactor<T extends Numbers>(b: T, inner: number): Promise<Factor<T>> {
  const type = b instanceof Float32Array ? 'float32' : 'float64';
  const graph = createGraph('product');
  const left = graph.input('a', type, ['m', inner]);
  const right = graph.input('b', type, [inner, 'n']);
  graph.output('y', matmul(left, right));
  const session = await openSession(encodeModel(graph.toModel()), ON_PROCESSOR);
  const tensor = (data: T, dims: readonly number[]): Tensor => ({ type, dims, data });
  const factor = tensor(b, [inner, b.length / inner]);
  return {
    async appliedTo(a) {
      const { y } = await session.run({ a: tensor(a, [a.length / inner, inner]), b: factor });
      return y!.data as T;
    },
    [Symbol.asyncDispose]: () => session.close(),
  };
}
