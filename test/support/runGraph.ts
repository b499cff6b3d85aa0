/** Builds a small graph, runs it and holds its outputs to the shapes the builder promised. */
import { expect } from 'vitest';
import type { Shape } from '../../src/tensor/dims.ts';
import type { Tensor } from '../../src/tensor/elementType.ts';
import { createGraph, type Value } from '../../src/tensor/graph.ts';
import { encodeModel } from '../../src/tensor/onnx/protoParts.ts';
import { openSession } from '../../src/tensor/session/session.ts';

export interface GraphInput extends Tensor {
  /** As declared to the graph; default: the dims, the first one known only as `N`. */
  readonly shape?: Shape;
}

/** Runs the graph `build` makes of one value for each input; gives one tensor for each result. */
export async function runGraph(
  inputs: readonly GraphInput[],
  build: (...values: Value[]) => Value | readonly Value[] | Promise<readonly Value[]>,
): Promise<Tensor[]> {
  const graph = createGraph('test');
  const values = inputs.map(({ type, dims, shape }, i) =>
    graph.input(`input${i}`, type, shape ?? dims.map((size, axis) => (axis === 0 ? 'N' : size))),
  );
  const built = await build(...values);
  const results = 'graph' in built ? [built] : built;
  for (const [i, value] of results.entries()) graph.output(`output${i}`, value);
  await using session = await openSession(encodeModel(graph.toModel()));
  const feeds = inputs.map(({ type, dims, data }, i) => [`input${i}`, { type, dims, data }]);
  const outputs = await session.run(Object.fromEntries(feeds));
  return results.map((value, i) => {
    const output = outputs[`output${i}`]!;
    expect(output.type).toBe(value.type);
    const promised = value.shape.map((size, axis) =>
      typeof size === 'number' ? size : output.dims[axis],
    );
    expect(output.dims).toEqual(promised);
    return output;
  });
}

/** The numbers of a tensor, whatever its type. */
export const numbersOf = ({ data }: Tensor): number[] =>
  Array.from(data as Iterable<number>, Number);
