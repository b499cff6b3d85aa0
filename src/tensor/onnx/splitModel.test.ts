import { expect, it } from 'vitest';
import { numbersOf } from '../../../test/support/runGraph.ts';
import { float32, type Tensor } from '../elementType.ts';
import { createGraph } from '../graph.ts';
import { add, mul, relu, square } from '../ops/elementwise.ts';
import { openSession } from '../session/session.ts';
import { encodeModel } from './protoParts.ts';
import { splitModel } from './splitModel.ts';

/** y = relu(x - 1)² + x, z = relu(x - 1) * 3. */
function model() {
  const graph = createGraph('g');
  const x = graph.input('x', 'float32', ['N']);
  const first = graph.scope('first', () => relu(add(x, -1)));
  const second = graph.scope('second', () => square(first));
  graph.describe(first);
  graph.describe(second);
  graph.output('y', add(second, x));
  graph.output('z', mul(first, 3));
  return { model: graph.toModel(), first: first.name, second: second.name };
}

it('cuts a model into pieces that give the same when run one after the other', async () => {
  const whole = model();
  const pieces = splitModel(whole.model, [[whole.first], [whole.second]]);
  expect(pieces).toHaveLength(3);
  const known: Record<string, Tensor> = { x: float32(Float32Array.of(-1, 2, 5), [3]) };
  for (const piece of pieces) {
    await using session = await openSession(encodeModel(piece));
    const feeds = session.inputs.map((name) => [name, known[name]!] as const);
    Object.assign(known, await session.run(Object.fromEntries(feeds)));
  }
  expect(numbersOf(known.y!)).toEqual([-1, 3, 21]);
  expect(numbersOf(known.z!)).toEqual([0, 3, 12]);
});

it('gives each piece only what it needs', () => {
  const whole = model();
  const pieces = splitModel(whole.model, [[whole.first], [whole.second]]);
  const ends = pieces.map(({ graph }) => ({
    inputs: graph!.input.map((info) => info.name),
    outputs: graph!.output.map((info) => info.name),
    constants: graph!.initializer.length,
  }));
  expect(ends).toEqual([
    { inputs: ['x'], outputs: [whole.first], constants: 1 },
    { inputs: [whole.first], outputs: [whole.second], constants: 0 },
    { inputs: ['x', whole.first, whole.second], outputs: ['y', 'z'], constants: 1 },
  ]);
});

it('gives back the whole where there is no boundary', () => {
  const [piece] = splitModel(model().model, []);
  expect(piece!.graph!.node).toHaveLength(model().model.graph!.node.length);
});

it('refuses to cut at a value the model does not describe', () => {
  expect(() => splitModel(model().model, [['second/Mul']])).toThrow('does not describe second/Mul');
});
