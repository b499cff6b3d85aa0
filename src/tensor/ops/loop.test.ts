import { expect, it } from 'vitest';
import { numbersOf, runGraph } from '../../../test/support/runGraph.ts';
import { float32, int64 } from '../elementType.ts';
import { createGraph } from '../graph.ts';
import { encodeModel } from '../onnx/protoParts.ts';
import { splitModel } from '../onnx/splitModel.ts';
import { openSession } from '../session/session.ts';
import { add, cast, mul } from './elementwise.ts';
import { dimensionOf } from './layout.ts';
import { forEach } from './loop.ts';

it('stacks what the body gives for each index, which may read what is outside', async () => {
  const rows = float32(Float32Array.of(1, 2, 3), [3]);
  const outputs = await runGraph([rows], (x) =>
    forEach(dimensionOf(x, 0), 'times', async (index) => {
      const factor = cast(index, 'float32');
      return [mul(index.graph.borrow(x), factor), add(index, 10)];
    }),
  );
  expect(outputs.map(({ dims }) => dims)).toEqual([[3, 3], [3]]);
  expect(numbersOf(outputs[0]!)).toEqual([0, 0, 0, 1, 2, 3, 2, 4, 6]);
  expect(numbersOf(outputs[1]!)).toEqual([10, 11, 12]);
});

it('refuses a count that is no int64 scalar', async () => {
  const graph = createGraph('test');
  const count = graph.input('count', 'int64', [1]);
  await expect(forEach(count, 'loop', async (index) => [index])).rejects.toThrow(/int64 scalar/);
});

it('can be cut behind the loop, whose body reads a constant and a value from outside', async () => {
  const graph = createGraph('test');
  const x = graph.input('x', 'int64', []);
  const five = graph.constant('five', int64([5], []));
  const shifted = add(x, five);
  const [stacked] = await forEach(x, 'loop', async (index) => [
    add(add(index, index.graph.borrow(shifted)), index.graph.borrow(five)),
  ]);
  graph.describe(stacked!);
  graph.output('y', mul(stacked!, 2));
  const [front, back] = splitModel(graph.toModel(), [[stacked!.name]]);
  await using first = await openSession(encodeModel(front!));
  await using second = await openSession(encodeModel(back!));
  const between = await first.run({ x: int64([2], []) });
  const { y } = await second.run(between);
  expect(numbersOf(y!)).toEqual([2 * (0 + 7 + 5), 2 * (1 + 7 + 5)]);
});
