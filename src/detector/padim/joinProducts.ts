/** The matrix products of `joinImages`, for some positions at once. W comes and goes in strips. */
import { asFloat32, float32, type Tensor } from '../../tensor/elementType.ts';
import { createGraph, type Graph, type Value } from '../../tensor/graph.ts';
import { encodeModel } from '../../tensor/onnx/protoParts.ts';
import { add, mul, sub } from '../../tensor/ops/elementwise.ts';
import { concat, slice, transpose } from '../../tensor/ops/layout.ts';
import { matmul } from '../../tensor/ops/neural.ts';
import { closeSessions, openSessions } from '../../tensor/session/openSessions.ts';
import { ON_PROCESSOR, openSession } from '../../tensor/session/session.ts';
import { stripRows } from './whiteningStrips.ts';

/** One for each of n positions, float32 [n, ...] */
type Matrices = Float32Array;

/** What the lower rows of C are, where W has a lower strip. */
export interface LowerFactor {
  /** Below the upper rows' own: [n, lower, upper] */
  readonly between: Matrices;
  /** The inverse of the rest: [n, lower, lower] */
  readonly inverse: Matrices;
}

export interface JoinProducts extends AsyncDisposable {
  readonly dimension: number;
  /** Rows of the upper strip; all of them where there is no other. */
  readonly upper: number;
  /** M = a I + b W W', [n, dimension, dimension] */
  start(strips: readonly Matrices[], a: number, b: number): Promise<Matrices>;
  /**
   * M + scale sum (W v)(W v)'
   * @param vectors v, [n, any number, dimension]
   */
  add(
    strips: readonly Matrices[],
    vectors: Matrices,
    scale: number,
    to: Matrices,
  ): Promise<Matrices>;
  /**
   * Of M = C C' the lower rows of C below the upper ones, and what is left to factorise.
   * @param inverse of C's upper rows, [n, upper, upper]
   */
  split(m: Matrices, inverse: Matrices): Promise<{ between: Matrices; rest: Matrices }>;
  /** The strips of inv(C) W. */
  applied(
    strips: readonly Matrices[],
    inverse: Matrices,
    lower: LowerFactor | null,
  ): Promise<readonly Matrices[]>;
}

export async function openJoinProducts(dimension: number): Promise<JoinProducts> {
  const shapes = stripRows(dimension).map(([from, to]) => [to, to - from] as const);
  const upper = shapes[0]![1];
  const lower = dimension - upper;
  const graphs = [
    starting(shapes, dimension),
    adding(shapes, dimension),
    applying(shapes),
    ...(lower > 0 ? [splitting(upper, dimension)] : []),
  ];
  const sessions = await openSessions(graphs, (graph) =>
    openSession(encodeModel(graph.toModel()), ON_PROCESSOR),
  );
  const run = async (place: number, feeds: Readonly<Record<string, Tensor>>) =>
    Object.values(await sessions[place]!.run(feeds)).map(asFloat32);
  const tensor = (values: Matrices, rows: number, columns: number) =>
    float32(values, [values.length / rows / columns, rows, columns]);
  const number = (value: number) => float32(Float32Array.of(value), [1]);
  const fed = (strips: readonly Matrices[]) =>
    Object.fromEntries(strips.map((strip, i) => [`strip${i}`, tensor(strip, ...shapes[i]!)]));
  return {
    dimension,
    upper,
    async start(strips, a, b) {
      const [m] = await run(0, { ...fed(strips), a: number(a), b: number(b) });
      return m!;
    },
    async add(strips, vectors, scale, to) {
      const m = tensor(to, dimension, dimension);
      const count = vectors.length / m.dims[0]! / dimension;
      const seen = { vectors: tensor(vectors, count, dimension), scale: number(scale), m };
      const [sum] = await run(1, { ...fed(strips), ...seen });
      return sum!;
    },
    async split(m, inverse) {
      const feeds = { m: tensor(m, dimension, dimension), inverse: tensor(inverse, upper, upper) };
      const [between, rest] = await run(3, feeds);
      return { between: between!, rest: rest! };
    },
    applied: (strips, inverse, below) =>
      run(2, {
        ...fed(strips),
        inverse: tensor(inverse, upper, upper),
        ...(below && {
          between: tensor(below.between, lower, upper),
          inverseBelow: tensor(below.inverse, lower, lower),
        }),
      }),
    [Symbol.asyncDispose]: () => closeSessions(sessions),
  };
}

type Shapes = readonly (readonly [rows: number, columns: number])[];

const transposed = (x: Value) => transpose(x, [0, 2, 1]);

const matrices = (graph: Graph, name: string, rows: number | string, columns: number) =>
  graph.input(name, 'float32', ['n', rows, columns]);

const stripsIn = (graph: Graph, shapes: Shapes) =>
  shapes.map((shape, i) => matrices(graph, `strip${i}`, ...shape));

/** As many rows of zeros below. */
function lengthened(x: Value, rows: number): Value {
  return concat([x, mul(slice(x, 1, 0, rows), 0)], 1);
}

/** W', from strips that are such already but for zeros. */
function wholeOf([first, second]: readonly Value[]): Value {
  if (second === undefined) return first!;
  return concat([lengthened(first!, second.shape[2] as number), second], 2);
}

function starting(shapes: Shapes, dimension: number): Graph {
  const graph = createGraph('start');
  const whitening = wholeOf(stripsIn(graph, shapes));
  const [a, b] = [graph.input('a', 'float32', [1]), graph.input('b', 'float32', [1])];
  const ones = Float32Array.from({ length: dimension ** 2 }, (_, i) =>
    Number(i % (dimension + 1) === 0),
  );
  const identity = graph.constant('identity', float32(ones, [dimension, dimension]));
  const squares = matmul(transposed(whitening), whitening);
  graph.output('m', add(mul(squares, b), mul(identity, a)));
  return graph;
}

function adding(shapes: Shapes, dimension: number): Graph {
  const graph = createGraph('add');
  const seen = matmul(
    matrices(graph, 'vectors', 'count', dimension),
    wholeOf(stripsIn(graph, shapes)),
  );
  const squares = mul(matmul(transposed(seen), seen), graph.input('scale', 'float32', [1]));
  graph.output('sum', add(matrices(graph, 'm', dimension, dimension), squares));
  return graph;
}

function splitting(upper: number, dimension: number): Graph {
  const graph = createGraph('split');
  const below = slice(matrices(graph, 'm', dimension, dimension), 1, upper, dimension);
  const inverse = matrices(graph, 'inverse', upper, upper);
  const between = matmul(slice(below, 2, 0, upper), transposed(inverse));
  graph.output('between', between);
  const square = slice(below, 2, upper, dimension);
  graph.output('rest', sub(square, matmul(between, transposed(between))));
  return graph;
}

/** Strips are transposed: inv(C) is applied from the right. */
function applying(shapes: Shapes): Graph {
  const graph = createGraph('apply');
  const upper = shapes[0]![1];
  const [first, second] = stripsIn(graph, shapes);
  const ofUpper = matmul(first!, transposed(matrices(graph, 'inverse', upper, upper)));
  graph.output('upper', ofUpper);
  if (second !== undefined) {
    const lower = second.shape[2] as number;
    const between = matrices(graph, 'between', lower, upper);
    const inverse = matrices(graph, 'inverseBelow', lower, lower);
    const left = sub(second, matmul(lengthened(ofUpper, lower), transposed(between)));
    graph.output('lower', matmul(left, transposed(inverse)));
  }
  return graph;
}
