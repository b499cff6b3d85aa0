/**
 * A model is data: it computes with what is in its file, by operators of the standard. Whatever asks
 * for more is refused before onnxruntime sees it: weights in other files, at any depth; operators
 * of other domains; tensors that hold less than they say, for which memory would be asked; constants
 * of gigabytes. What is left is arithmetic, which can still take its time.
 *
 * Field numbers as in onnx.proto of the ONNX specification (1.17).
 */
import { inputError } from '../../core/error.ts';
import { type ByteSource, varint, type WireField, wireFields } from './wireFields.ts';

export interface DataOnlyOptions {
  /** The file's, for messages. */
  readonly name: string;
  /**
   * Whether operators of other domains, and functions, may be there: where only the part that has
   * none is used.
   */
  readonly anyOperators: boolean;
}

/** Graphs in graphs: a loop's body is one. */
const DEEPEST = 16;
/** Numbers that a constant made from a shape may have: 1 GB of float32. */
const LARGEST_CONSTANT = 2 ** 28;
/** Shapes are small: a longer list is none. */
const MOST_SIZES = 16;

const INT64 = 7;
/** Operators that make a tensor of the shape they are given, and which of their inputs that is. */
const SHAPE_INPUT: Readonly<Record<string, number>> = { ConstantOfShape: 0, Expand: 1, Tile: 1 };

/** @throws FlawmapError (input) naming the first thing that is more than data, or no model */
export function requireDataOnly(source: ByteSource, { name, anyOperators }: DataOnlyOptions): void {
  const refuse = (found: string, remedy: string) =>
    inputError({
      what: `${name} is not to be trusted`,
      expected:
        'a model that needs nothing but its own file: weights, and operators of the ONNX standard',
      found,
      remedy,
    });
  const elsewhere = (tensor: string) =>
    refuse(
      `weights in another file (tensor ${tensor})`,
      'ask for a file with its weights inside; onnx.save(model, path) writes one',
    );
  const text = ({ start, end }: WireField): string =>
    new TextDecoder().decode(source.read(start, Math.min(200, end - start)));
  const fieldsOf = ({ start, end }: Pick<WireField, 'start' | 'end'>) =>
    wireFields(source, start, end);

  function model(whole: Pick<WireField, 'start' | 'end'>): void {
    for (const field of fieldsOf(whole)) {
      if (field.kind !== 'bytes') continue;
      if (field.number === 7) graph(field, 0);
      if (field.number === 20)
        for (const inner of fieldsOf(field)) if (inner.number < 3) graph(inner, 1);
      if (field.number === 25) localFunction(field);
    }
  }

  function localFunction(field: WireField): void {
    if (!anyOperators)
      throw refuse('functions of its own', 'inline them: onnx.inliner.inline_local_functions');
    for (const inner of fieldsOf(field)) {
      if (inner.number === 7) node(inner, 1, new Map());
      if (inner.number === 11) attribute(inner, 1, new Map());
    }
  }

  function graph(field: WireField, depth: number): void {
    if (field.kind !== 'bytes') return;
    if (depth > DEEPEST) throw refuse(`graphs in graphs, more than ${DEEPEST} deep`, EXPORT_AGAIN);
    const shapes = new Map<string, number>();
    const nodes: WireField[] = [];
    for (const inner of fieldsOf(field)) {
      if (inner.kind !== 'bytes') continue;
      if (inner.number === 1) nodes.push(inner);
      if (inner.number === 5) tensor(inner, shapes);
      if (inner.number === 15) throw refuse('sparse weights', EXPORT_AGAIN);
    }
    for (const inner of nodes) node(inner, depth, shapes);
  }

  /** @param shapes for small tensors of integers, the product of these */
  function node(field: WireField, depth: number, shapes: Map<string, number>): void {
    const inputs: string[] = [];
    const constants = new Map<string, number>();
    let output = '';
    let operator = '';
    for (const inner of fieldsOf(field)) {
      if (inner.kind !== 'bytes') continue;
      if (inner.number === 1) inputs.push(text(inner));
      if (inner.number === 2) output ||= text(inner);
      if (inner.number === 4) operator = text(inner);
      if (inner.number === 5) attribute(inner, depth, constants);
      if (inner.number === 7 && !anyOperators && !['', 'ai.onnx'].includes(text(inner))) {
        throw refuse(`an operator of the domain ${text(inner)}`, EXPORT_AGAIN);
      }
    }
    const [made] = constants.values();
    if (operator === 'Constant' && made !== undefined) shapes.set(output, made);
    const shape = inputs[SHAPE_INPUT[operator] ?? -1];
    const count = (shape === undefined ? undefined : shapes.get(shape)) ?? 0;
    if (count > LARGEST_CONSTANT) throw refuse(`${operator} of ${count} numbers`, EXPORT_AGAIN);
  }

  function attribute(field: WireField, depth: number, constants: Map<string, number>): void {
    const sizes: number[] = [];
    for (const inner of fieldsOf(field)) {
      if (inner.number === 8) addSizes(sizes, inner);
      if (inner.kind !== 'bytes') continue;
      if (inner.number === 5 || inner.number === 10) tensor(inner, constants);
      if (inner.number === 6 || inner.number === 11) graph(inner, depth + 1);
      if (inner.number === 22 || inner.number === 23) throw refuse('sparse weights', EXPORT_AGAIN);
    }
    if (sizes.length > 0) constants.set('', productOf(sizes));
  }

  function tensor(field: WireField, shapes: Map<string, number>): void {
    let label = '';
    let type = 0;
    let external = false;
    let count = 1;
    let bytes = 0;
    const sizes: number[] = [];
    for (const inner of fieldsOf(field)) {
      if (inner.number === 1) for (const size of axesOf(inner)) count *= size;
      if (inner.number === 2) type = inner.value;
      if (inner.number === 8) label = text(inner);
      if (inner.number === 13) external = true;
      // Any but 0, DEFAULT: other readers take the lower bits of a number alone.
      if (inner.number === 14) external ||= inner.value !== 0;
      if (inner.number === 7) addSizes(sizes, inner);
      if (inner.number === 9) addRawSizes(sizes, inner);
      if (CONTENT.includes(inner.number)) bytes += Math.max(1, inner.end - inner.start);
    }
    if (external) throw elsewhere(label);
    // The smallest types have two numbers in a byte. Sizes below zero read as huge ones.
    if (count > 2 * bytes) {
      throw refuse(`tensor ${label} of ${count} numbers in ${bytes} bytes`, WHOLE);
    }
    if (type === INT64) shapes.set(label, productOf(sizes));
  }

  function axesOf(field: WireField): Generator<number> {
    // An image's axes are few; whoever writes thousands wants to be walked over.
    const isLong = field.kind === 'bytes' && field.end - field.start > 1000;
    if (isLong) throw refuse('a tensor of hundreds of axes', WHOLE);
    return numbersOf(field);
  }

  /** Packed, or each a field of its own. */
  function* numbersOf(field: WireField): Generator<number> {
    if (field.kind !== 'bytes') {
      yield field.value;
      return;
    }
    const bytes = source.read(field.start, field.end - field.start);
    for (let at = 0; at < bytes.length; ) {
      const { value, length } = varint(bytes, at);
      yield value;
      at += length;
    }
  }

  function addSizes(sizes: number[], field: WireField): void {
    // A number takes up to ten bytes.
    const isLong = field.kind === 'bytes' && field.end - field.start > 10 * MOST_SIZES;
    if (!isLong && sizes.length < MOST_SIZES) sizes.push(...numbersOf(field));
  }

  function addRawSizes(sizes: number[], { start, end }: WireField): void {
    if (end - start > 8 * MOST_SIZES) return;
    const bytes = source.read(start, end - start);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + 8 <= bytes.length; at += 8) {
      sizes.push(Number(view.getBigUint64(at, true)));
    }
  }

  try {
    model({ start: 0, end: source.size });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw inputError({
      what: `${name} is not an ONNX model`,
      expected: 'a complete ONNX file (a ModelProto with a graph)',
      found: `${source.size} bytes that do not parse: ${error.message}`,
      remedy: WHOLE,
    });
  }
}

/** TensorProto's fields of numbers and texts. */
const CONTENT: readonly number[] = [4, 5, 6, 7, 9, 10, 11];

const EXPORT_AGAIN = 'export it again without them, or make an inspector with `flawmap fit`';
const WHOLE = 'check that this is the right file and that it was copied or downloaded whole';

/**
 * Sizes below zero, which read as those above 2^63, are the operator's to refuse. The largest there are
 * read as 2^63 itself: of numbers as large, only each thousandth or so is a float64.
 */
const productOf = (sizes: readonly number[]): number =>
  sizes.reduce((product, size) => product * (size <= 2 ** 63 ? size : 0), 1);
