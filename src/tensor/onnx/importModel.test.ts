import { describe, expect, it } from 'vitest';
import { onnxModel, onnxNode } from '../../../test/support/onnxModel.ts';
import { numbersOf, runGraph } from '../../../test/support/runGraph.ts';
import { float32, int64, type Tensor } from '../elementType.ts';
import { createGraph } from '../graph.ts';
import { mul } from '../ops/elementwise.ts';
import { inlineModel } from './importModel.ts';
import type { ModelProto } from './proto/onnx_pb.ts';

const image = float32(
  Float32Array.from({ length: 2 * 3 * 4 * 5 }, (_, i) => ((i * 7) % 11) - 5),
  [2, 3, 4, 5],
);
const WEIGHT = float32(
  Float32Array.from({ length: 6 }, (_, i) => i - 2),
  [2, 3, 1, 1],
);

/** A stem, two layers and a tail that a backbone does not need. */
const chain = (tail = onnxNode('Softmax', ['b'], ['tail'], { axis: { int: 1 } })) =>
  onnxModel({
    opset: 13,
    nodes: [
      onnxNode('Conv', ['x', 'w'], ['a']),
      onnxNode('Relu', ['a'], ['b']),
      onnxNode('Mul', ['b', 'unused'], ['c']),
      tail,
    ],
    weights: { w: WEIGHT, unused: float32(Float32Array.of(2), [1]) },
    outputs: ['b', 'tail'],
  });

const take = (model: ModelProto, ...names: string[]) =>
  runGraph([image], (input) =>
    inlineModel(model, {
      name: 'net.onnx',
      input,
      taps: names.map((name) => ({ name, shape: ['N', 2, 4, 5] })),
      prefix: 'net',
    }),
  );

describe('inlineModel', () => {
  it('gives outputs and intermediate tensors by name, in the order asked for', async () => {
    const [b, a] = await take(chain(), 'b', 'a');
    // Conv by hand: a = sum over channels of w x, at every position.
    const expected = Array.from({ length: 2 * 2 * 20 }, (_, i) => {
      const [n, out, place] = [Math.floor(i / 40), Math.floor(i / 20) % 2, i % 20];
      return [0, 1, 2].reduce(
        (sum, c) => sum + (out * 3 + c - 2) * Number(image.data[(n * 3 + c) * 20 + place]),
        0,
      );
    });
    expect(numbersOf(a!)).toEqual(expected);
    expect(numbersOf(b!)).toEqual(expected.map((value) => Math.max(value, 0)));
  });

  it('cuts away nodes and weights that the taps do not need', () => {
    const graph = createGraph('g');
    const input = graph.input('image', 'float32', ['N', 3, 4, 5]);
    inlineModel(chain(), { name: 'n', input, taps: [{ name: 'b', shape: [] }], prefix: 'net' });
    const { node, initializer } = graph.toModel().graph!;
    expect(node.map(({ opType }) => opType)).toEqual(['Conv', 'Relu']);
    expect(initializer.map(({ name }) => name)).toEqual(['net:w']);
    expect(node[0]!.input).toEqual(['image', 'net:w']);
  });

  it('does not mind what cannot be taken over in the part that is cut away', async () => {
    const tail = { ...onnxNode('FusedMatMul', ['b', 'b'], ['tail']), domain: 'com.microsoft' };
    await expect(take(chain(tail), 'b')).resolves.toHaveLength(1);
    await expect(take(chain(tail), 'tail')).rejects.toThrow(/FusedMatMul.*com\.microsoft/);
  });

  it('keeps two networks of the same names apart', async () => {
    const [b] = await take(chain(), 'b');
    const [twice] = await runGraph([image], (input) => {
      const options = {
        name: 'n',
        input,
        taps: [{ name: 'b', shape: [2, 2, 4, 5] }],
        prefix: 'net',
      };
      const [first] = inlineModel(chain(), options);
      const [second] = inlineModel(chain(), options);
      return mul(first!, second!);
    });
    expect(numbersOf(twice!)).toEqual(numbersOf(b!).map((value) => value * value));
  });

  it('takes files that list their weights among the inputs', async () => {
    const model = onnxModel({
      opset: 8,
      nodes: [onnxNode('Conv', ['x', 'w'], ['y'])],
      weights: { w: WEIGHT },
      weightsAreInputs: true,
    });
    const [y] = await take(model, 'y');
    const [a] = await take(chain(), 'a');
    expect(numbersOf(y!)).toEqual(numbersOf(a!));
  });

  it('takes the domain ai.onnx for what it is', async () => {
    const model = onnxModel({
      opset: 13,
      nodes: [{ ...onnxNode('Relu', ['x'], ['y']), domain: 'ai.onnx' }],
    });
    model.opsetImport[0]!.domain = 'ai.onnx';
    const graph = createGraph('g');
    const input = graph.input('image', 'float32', ['N', 3, 4, 5]);
    inlineModel(model, { name: 'n', input, taps: [{ name: 'y', shape: [] }], prefix: 'net' });
    expect(graph.toModel().graph!.node[0]!.domain).toBe('');
  });
});

describe('a model that cannot be taken', () => {
  const refusal = async (model: ModelProto, tap = 'y') => {
    const error = await take(model, tap).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ kind: 'input' });
    expect((error as Error).message).toContain('net.onnx');
    return (error as Error).message;
  };
  const relu = onnxNode('Relu', ['x'], ['y']);

  it.each([6, 19, 21, 0])('of opset %i is refused with what to do', async (opset) => {
    const message = await refusal(onnxModel({ opset, nodes: [relu] }));
    expect(message).toMatch(new RegExp(`opset ${opset}\n.*opset_version=18`));
  });

  it('without that tensor suggests the nearest', async () => {
    const message = await refusal(chain(), 'tial');
    expect(message).toContain('one of its outputs (b, tail)');
    expect(message).toContain('did you mean tail?');
  });

  it('whose tensor nothing computes is called broken', async () => {
    const model = onnxModel({ opset: 13, nodes: [onnxNode('Add', ['x', 'ghost'], ['y'])] });
    expect(await refusal(model)).toMatch(/broken\n.*\n.*nothing makes ghost/);
  });

  it.each([
    [
      'two inputs',
      [
        ['x', 'float32', [1, 3, 8, 8]],
        ['z', 'float32', [1]],
      ],
      '2 inputs: x, z',
    ],
    ['no input', [], '0 inputs'],
    ['grey levels', [['x', 'uint8', [1, 3, 8, 8]]], 'x: uint8 [1, 3, 8, 8]'],
    ['half precision', [['x', 'float16', [1, 3, 8, 8]]], 'x: float16 [1, 3, 8, 8]'],
    ['channels last', [['x', 'float32', [1, 8, 8, 3]]], 'x: float32 [1, 8, 8, 3]'],
    ['one channel', [['x', 'float32', ['N', 1, 8, 8]]], 'x: float32 [N, 1, 8, 8]'],
    ['vectors', [['x', 'float32', ['N', 3]]], 'x: float32 [N, 3]'],
  ] as const)('because it takes %s', async (_, inputs, found) => {
    const message = await refusal(onnxModel({ opset: 13, nodes: [relu], inputs: [...inputs] }));
    expect(message).toContain(`found:    ${found}`);
    expect(message).toContain('one input, float32 [N, 3, H, W]');
  });

  it('lists every operator that stands in the way, once', async () => {
    const model = onnxModel({
      opset: 12,
      nodes: [
        onnxNode('If', ['x'], ['a'], { then_branch: { graph: true } }),
        onnxNode('If', ['a'], ['b'], { then_branch: { graph: true } }),
        { ...onnxNode('Gelu', ['b'], ['c']), domain: 'com.microsoft' },
        onnxNode('Relu', ['c'], ['d']),
        onnxNode('RoiAlign', ['d', 'd', 'd'], ['y']),
      ],
    });
    expect(await refusal(model)).toContain(
      'If (it holds a graph of its own); Gelu (of the domain com.microsoft); RoiAlign (its coordinates changed in opset 16)',
    );
  });

  const four = (name: string) => [name, `${name}2`, `${name}3`, `${name}4`];
  const statistics = Object.fromEntries(
    four('s').map((name) => [name, float32(Float32Array.of(1, 2, 3), [3])]),
  );
  it.each([
    ['BatchNormalization', 14, { training_mode: { int: 1 } }, ['y'], 'in training mode'],
    ['BatchNormalization', 8, { spatial: { int: 0 } }, ['y'], 'with statistics for every pixel'],
    ['BatchNormalization', 9, {}, ['z', 'y'], 'in training mode'],
    ['Dropout', 12, {}, ['z', 'y'], 'in training mode'],
  ] as const)(
    'because of %s of opset %i with %o',
    async (op, opset, attributes, outputs, found) => {
      const inputs = op === 'Dropout' ? ['x'] : ['x', ...four('s')];
      const nodes = [onnxNode(op, inputs, [...outputs], attributes)];
      const message = await refusal(onnxModel({ opset, nodes, weights: statistics }));
      expect(message).toContain(`${op} (${found})`);
    },
  );

  it('because opset 10 did not say how Resize shrinks', async () => {
    const model = onnxModel({
      opset: 10,
      nodes: [onnxNode('Resize', ['x', 's'], ['y'], { mode: 'nearest' })],
      weights: { s: float32(Float32Array.of(1, 1, 0.5, 0.5), [4]) },
    });
    expect(await refusal(model)).toContain('Resize (opset 10');
  });
});

describe('tensors of the model', () => {
  it('may come from Constant nodes', async () => {
    const constant = onnxNode('Constant', [], ['k'], { value_float: 3 });
    const nodes = [constant, onnxNode('Mul', ['x', 'k'], ['y'])];
    const [y] = await runGraph([image], (input) =>
      inlineModel(onnxModel({ opset: 12, nodes }), {
        name: 'n',
        input,
        taps: [{ name: 'y', shape: ['N', 3, 4, 5] }],
        prefix: 'net',
      }),
    );
    expect(numbersOf(y as Tensor)).toEqual(numbersOf(image).map((value) => 3 * value));
  });

  it('are renamed wherever a node names them, and left out inputs stay left out', () => {
    const model = onnxModel({
      opset: 13,
      nodes: [onnxNode('Resize', ['x', '', '', 'sizes'], ['y'])],
      weights: { sizes: int64([1, 3, 2, 2]) },
    });
    const graph = createGraph('g');
    const input = graph.input('image', 'float32', [1, 3, 4, 5]);
    inlineModel(model, { name: 'n', input, taps: [{ name: 'y', shape: [] }], prefix: 'p' });
    expect(graph.toModel().graph!.node[0]!.input).toEqual(['image', '', '', 'p:sizes']);
  });
});
