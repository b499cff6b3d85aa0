import { describe, expect, it } from 'vitest';
import { FlawmapError } from '../core/error.ts';
import { float32, int64 } from './elementType.ts';
import { createGraph, type Graph, OPSET, shapeError } from './graph.ts';
import { add, relu } from './ops/elementwise.ts';
import { matmul } from './ops/neural.ts';

const one = float32(Float32Array.of(1), [1]);
const input = (graph: Graph, name = 'x') => graph.input(name, 'float32', ['N', 3]);
const nodesOf = (graph: Graph) => graph.toModel().graph!.node;

describe('names', () => {
  it('start with the scopes they are made in, and with nothing after them', () => {
    const graph = createGraph('g');
    const x = input(graph);
    const inner = graph.scope('outer', () => graph.scope('inner', () => relu(x)));
    expect(inner.name).toBe('outer/inner/Relu:out');
    expect(relu(x).name).toBe('Relu:out');
  });

  it('never repeat, whatever the caller chose', () => {
    const graph = createGraph('g');
    const wanted = ['a', 'a', 'a_1', 'a', 'a_1', 'a_2'];
    const names = wanted.map((name) => graph.constant(name, one).name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.slice(0, 2)).toEqual(['a', 'a_1']);
  });

  it('leave a scope that failed', () => {
    const graph = createGraph('g');
    const fail = () => {
      throw new Error('no');
    };
    expect(() => graph.scope('broken', fail)).toThrow('no');
    expect(graph.freshName('a')).toBe('a');
  });

  it('of inputs and outputs are given once', () => {
    const graph = createGraph('g');
    const x = input(graph);
    expect(() => input(graph)).toThrow('graph g has two values x');
    graph.output('y', x);
    expect(() => graph.output('y', x)).toThrow('graph g has two values y');
    expect(() => graph.output('x', x)).toThrow('graph g has two values x');
    expect(graph.freshName('y')).toBe('y_1');
  });
});

describe('errors', () => {
  it('name the node inside its scopes, and the shapes', () => {
    const graph = createGraph('g');
    const x = graph.input('x', 'float32', [4, 3]);
    const build = () => graph.scope('score', () => graph.scope('search', () => matmul(x, x)));
    expect(build).toThrow(/graph node score\/search\/MatMul does not fit/);
    expect(build).toThrow(/\[4, 3\] \(x\) times \[4, 3\] \(x\)/);
    expect(build).toThrow(FlawmapError);
  });

  it('of other kinds pass through a scope unchanged', () => {
    const graph = createGraph('g');
    const error = new TypeError('graph node of someone else');
    const fail = () => {
      throw error;
    };
    expect(() => graph.scope('a', fail)).toThrow(error);
  });

  it('keep what was expected and found', () => {
    const { details, kind } = shapeError('Conv', '3 channels', '[N, 1, 8, 8]') as FlawmapError;
    expect(kind).toBe('internal');
    expect(details).toMatchObject({ expected: '3 channels', found: '[N, 1, 8, 8]' });
  });

  it('tell of a constant with too few or too many numbers', () => {
    const graph = createGraph('g');
    const short = () =>
      graph.scope('bank', () => graph.constant('rows', float32(one.data as Float32Array, [2, 3])));
    expect(short).toThrow(/bank\/rows.*\n.*\[2, 3\]\n.*1 elements/);
    expect(() => graph.constant('many', int64([1, 2], []))).toThrow(/many.*\n.*\[\]\n.*2 elements/);
  });

  it('tell of a value of another graph', () => {
    const foreign = input(createGraph('other'), 'z');
    const graph = createGraph('g');
    expect(() => add(input(graph), foreign)).toThrow('node Add takes z of another graph');
  });
});

describe('toModel', () => {
  it('holds what was built, in order, under the declared opset', () => {
    const graph = createGraph('net');
    const x = input(graph);
    graph.output('y', add(relu(x), graph.constant('one', one)));
    const model = graph.toModel({ method: 'patchcore' });
    expect(model.opsetImport).toMatchObject([{ domain: '', version: BigInt(OPSET) }]);
    expect(model.metadataProps).toMatchObject([{ key: 'method', value: 'patchcore' }]);
    expect(model.graph!.name).toBe('net');
    expect(model.graph!.node.map((node) => node.opType)).toEqual(['Relu', 'Add', 'Identity']);
    expect(model.graph!.input.map((info) => info.name)).toEqual(['x']);
    expect(model.graph!.output.map((info) => info.name)).toEqual(['y']);
    expect(model.graph!.initializer.map((tensor) => tensor.name)).toEqual(['one']);
  });

  it('writes an absent optional input as an empty name', () => {
    const graph = createGraph('g');
    const x = input(graph);
    graph.node({
      op: 'Clip',
      inputs: [x, undefined, x],
      outputs: [{ type: 'float32', shape: [1] }],
    });
    expect(nodesOf(graph)[0]!.input).toEqual(['x', '', 'x']);
  });

  it('names several outputs of a node apart', () => {
    const graph = createGraph('g');
    const outputs = [1, 2].map((size) => ({ type: 'float32', shape: [size] }) as const);
    const [first, second] = graph.node({ op: 'Split', inputs: [input(graph)], outputs });
    expect(first!.name).not.toBe(second!.name);
    expect(nodesOf(graph)[0]!.output).toEqual([first!.name, second!.name]);
  });

  it('describes the values it is told to', () => {
    const graph = createGraph('g');
    graph.describe(relu(input(graph)));
    expect(graph.toModel().graph!.valueInfo.map((info) => info.name)).toEqual(['Relu:out']);
  });
});
