/** A part of a graph that runs again and again. */
import { createGraph, shapeError, type Value } from '../graph.ts';
import { unknownDim } from './shape.ts';

/**
 * Runs `body` for 0, 1, ... count - 1, one after the other in the same memory, and stacks what it
 * gives. The body is a graph of its own, that of the index it is given; it reads what is outside of
 * it by `Graph.borrow`.
 * @param count int64 scalar
 * @param name of the loop; all names inside start with it
 * @returns for each output of the body, one more axis in front: [count, ...]
 */
export async function forEach(
  count: Value,
  name: string,
  body: (index: Value) => Promise<readonly Value[]>,
): Promise<Value[]> {
  if (count.type !== 'int64' || count.shape.length !== 0) {
    throw shapeError('Loop', 'a count as an int64 scalar', `${count.type}`);
  }
  const { graph } = count;
  const inner = createGraph(name, name);
  const index = inner.input(`${name}/index`, 'int64', []);
  // The condition to go on is always true, but a loop has one.
  const goOn = inner.input(`${name}/go_on`, 'bool', []);
  const results = await body(index);
  inner.output(`${name}/goes_on`, goOn);
  results.forEach((value, i) => {
    inner.output(`${name}/result${i}`, value);
  });
  const stacked = unknownDim(graph, 'count');
  const yes = graph.constant('true', { type: 'bool', dims: [], data: Uint8Array.of(1) });
  return graph.node({
    op: 'Loop',
    inputs: [count, yes],
    attributes: { body: { graph: inner.toModel().graph! } },
    outputs: results.map(({ type, shape }) => ({ type, shape: [stacked, ...shape] })),
  });
}
