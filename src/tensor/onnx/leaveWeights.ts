/**
 * An ONNX file's bytes but for its weights: these are left where they are, and named as "external
 * data" of the file itself. Field numbers as in onnx.proto of the ONNX specification (1.17).
 */
import { concatenate, messageField, textField, varintField } from '../../core/wireMessage.ts';
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
  const graph = (field: WireField) => messageField(7, rewritten(source, field, as(5, tensor)));
  const tensor = (field: WireField) => messageField(5, rewritten(source, field, as(9, numbers)));
  const numbers = ({ start, end }: WireField) => {
    if (end - start < WORTHWHILE) return undefined;
    const entry = (key: string, value: string) =>
      messageField(13, textField(1, key), textField(2, value));
    return concatenate([
      entry('location', file),
      entry('offset', `${start}`),
      entry('length', `${end - start}`),
      varintField(14, EXTERNAL),
    ]);
  };
  return model(whole);
}

/** A field written anew; undefined: it stays as it is. */
type Change = (field: WireField) => Uint8Array | undefined;

/** A message with some of its fields written anew; what lies between them is copied as it is. */
function rewritten(source: ByteSource, message: WireField, change: Change): Uint8Array {
  const parts: Uint8Array[] = [];
  let copied = message.start;
  const copyTo = (end: number) => {
    if (end > copied) parts.push(source.read(copied, end - copied).slice());
  };
  let fieldStart = message.start;
  for (const field of wireFields(source, message.start, message.end)) {
    const changed = change(field);
    if (changed !== undefined) {
      copyTo(fieldStart);
      parts.push(changed);
      copied = field.end;
    }
    fieldStart = field.end;
  }
  copyTo(message.end);
  return concatenate(parts);
}
