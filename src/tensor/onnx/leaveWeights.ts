/**
 * An ONNX file's bytes but for its weights: these are left where they are, and named as "external
 * data" of the file itself. Field numbers as in onnx.proto of the ONNX specification (1.17).
 */
import {
  concatenate,
  messageField,
  messageHead,
  textField,
  varintField,
} from '../../core/wireMessage.ts';
import { type ByteSource, type WireField, wireFields } from './wireFields.ts';

/** Bytes of a tensor that stay in the file: of less, onnxruntime may want to see the numbers early. */
const WORTHWHILE = 1 << 16;

/** TensorProto.DataLocation. */
const EXTERNAL = 1;

/**
 * @param source a model that {@link requireDataOnly} has passed
 * @param file the file's name in its folder
 * @throws RangeError where the bytes are no message
 */
export function leaveWeights(source: ByteSource, file: string): Uint8Array {
  const as = (number: number, change: Change) => (field: WireField) =>
    field.number === number && field.kind === 'bytes' ? change(field) : undefined;
  const whole: WireField = { number: 0, value: 0, start: 0, end: source.size, kind: 'bytes' };

  const model = (field: WireField) => rewritten(source, field, as(7, graph));
  const graph = (field: WireField) => message(7, rewritten(source, field, as(5, tensor)));
  const tensor = (field: WireField) =>
    isLarge(field) ? message(5, rewritten(source, field, as(9, numbers))) : undefined;
  const numbers = (field: WireField) => {
    if (!isLarge(field)) return undefined;
    const { start, end } = field;
    const entry = (key: string, value: string) =>
      messageField(13, textField(1, key), textField(2, value));
    return [
      entry('location', file),
      entry('offset', `${start}`),
      entry('length', `${end - start}`),
      varintField(14, EXTERNAL),
    ];
  };
  // Joined once: each copy of a megabyte takes memory that the system has to find first.
  return concatenate(model(whole));
}

const isLarge = ({ start, end }: WireField) => end - start >= WORTHWHILE;

/** Bytes to be joined, in order. */
type Parts = readonly Uint8Array[];

/** A field written anew; undefined: it stays as it is. */
type Change = (field: WireField) => Parts | undefined;

const message = (number: number, content: Parts): Parts => [
  messageHead(
    number,
    content.reduce((sum, { length }) => sum + length, 0),
  ),
  ...content,
];

/** A message with some of its fields written anew; what lies between them is copied as it is. */
function rewritten(source: ByteSource, { start, end }: WireField, change: Change): Parts {
  const parts: Uint8Array[] = [];
  let copied = start;
  const copyTo = (until: number) => {
    if (until > copied) parts.push(source.read(copied, until - copied).slice());
  };
  let fieldStart = start;
  for (const field of wireFields(source, start, end)) {
    const changed = change(field);
    if (changed !== undefined) {
      copyTo(fieldStart);
      parts.push(...changed);
      copied = field.end;
    }
    fieldStart = field.end;
  }
  copyTo(end);
  return parts;
}
