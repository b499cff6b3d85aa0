/**
 * Chooses centres among the farthest points, one after the other, for as long as the best of them is
 * provably the farthest of all. Products of all points of the block with each other, one matrix
 * product, tell for nearly every pair that it need not be looked at.
 */
import { freeMemory } from '../../core/freeMemory.ts';
import { asFloat32, float32 } from '../../tensor/elementType.ts';
import { createGraph } from '../../tensor/graph.ts';
import { encodeModel } from '../../tensor/onnx/protoParts.ts';
import { transpose } from '../../tensor/ops/layout.ts';
import { matmul } from '../../tensor/ops/neural.ts';
import { ON_PROCESSOR, openSession } from '../../tensor/session/session.ts';
import { farthestBlock } from './farthestBlock.ts';

/** Points of a block. */
const BLOCK = 1024;
/** In the place of a centre's distance. */
export const CHOSEN = -1;
/** Unit roundoff of float32. */
const U = 2 ** -24;

export interface BlockChooser extends AsyncDisposable {
  /**
   * @param distances squared, of the first points to their nearest centres; {@link CHOSEN} for these
   * @returns at most `wanted` points that are certainly the next centres, in the order of choice; none
   * where no point is farther than the floor
   */
  choose(distances: Float32Array, wanted: number, floor: number): Promise<number[]>;
}

/**
 * @param x float32 [n, dimension]
 * @param norms squared, of each
 */
export async function openBlockChooser(
  x: Float32Array,
  norms: Float32Array,
  dimension: number,
): Promise<BlockChooser> {
  const graph = createGraph('block');
  const points = graph.input('x', 'float32', ['n', dimension]);
  graph.output('y', matmul(points, transpose(points, [1, 0])));
  const session = await openSession(encodeModel(graph.toModel()), ON_PROCESSOR);
  // |a|^2 + |b|^2 - 2ab errs by no more than so many times |a|^2 + |b|^2: a sum of n products by n u
  // times their magnitudes, and 2|ab| <= |a|^2 + |b|^2; the norms themselves and two sums.
  const least = 1 - (dimension + 4) * U;

  return {
    async choose(distances, wanted, floor) {
      const { indices, largestOutside } = farthestBlock(distances, BLOCK);
      const size = indices.length;
      const inside = Float32Array.from(indices, (index) => distances[index]!);
      const squares = Float32Array.from(indices, (index) => norms[index]!);
      const products = await productsOf(indices);
      const chosen: number[] = [];
      while (chosen.length < wanted) {
        let best = 0;
        for (let i = 1; i < size; i++) if (inside[i]! > inside[best]!) best = i;
        // At equality an outside point with a lower index would come first.
        const certain = chosen.length === 0 || inside[best]! > largestOutside;
        if (!certain || inside[best] === CHOSEN || inside[best]! <= floor) break;
        const centre = indices[best]! * dimension;
        chosen.push(indices[best]!);
        inside[best] = CHOSEN;
        for (let i = 0; i < size; i++) {
          const known = inside[i]!;
          const bound = (squares[i]! + squares[best]!) * least - 2 * products[best * size + i]!;
          if (known <= 0 || bound >= known) continue;
          const distance = squaredDistance(x, indices[i]! * dimension, centre, dimension);
          if (distance < known) inside[i] = distance;
        }
      }
      freeMemory(products);
      return chosen;
    },
    [Symbol.asyncDispose]: () => session.close(),
  };

  async function productsOf(indices: Int32Array): Promise<Float32Array> {
    const block = new Float32Array(indices.length * dimension);
    indices.forEach((index, i) => {
      block.set(x.subarray(index * dimension, (index + 1) * dimension), i * dimension);
    });
    const { y } = await session.run({ x: float32(block, [indices.length, dimension]) });
    freeMemory(block);
    return asFloat32(y!);
  }
}

/** Four sums: none waits for the other. */
function squaredDistance(x: Float32Array, a: number, b: number, dimension: number): number {
  let [first, second, third, fourth] = [0, 0, 0, 0];
  let i = 0;
  for (const end = dimension - 3; i < end; i += 4) {
    const one = x[a + i]! - x[b + i]!;
    const two = x[a + i + 1]! - x[b + i + 1]!;
    const three = x[a + i + 2]! - x[b + i + 2]!;
    const four = x[a + i + 3]! - x[b + i + 3]!;
    first += one * one;
    second += two * two;
    third += three * three;
    fourth += four * four;
  }
  let sum = first + second + (third + fourth);
  for (; i < dimension; i++) sum += (x[a + i]! - x[b + i]!) ** 2;
  return sum;
}
