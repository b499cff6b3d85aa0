/**
 * Metadata of an ONNX file in memory (onnx.proto: ModelProto.metadata_props, field 14, entries of
 * key 1 and value 2). Walks over the top-level fields; the graph is not decoded.
 */
import { inputError } from '../core/error.ts';

const METADATA_PROPS = 14;
const VARINT = 0;
const LENGTH_DELIMITED = 2;

/** @throws FlawmapError (input) when the bytes are no ONNX file, or cut short */
export function metadataOfBytes(bytes: Uint8Array, name: string): Map<string, string> {
  const metadata = new Map<string, string>();
  for (const { field, content } of fieldsOf(bytes, name)) {
    if (field !== METADATA_PROPS || content === undefined) continue;
    const entry = new Map<number, string>();
    for (const part of fieldsOf(content, name)) {
      if (part.content) entry.set(part.field, new TextDecoder().decode(part.content));
    }
    metadata.set(entry.get(1) ?? '', entry.get(2) ?? '');
  }
  return metadata;
}

interface Field {
  readonly field: number;
  /** Of a string, bytes or a message; undefined for numbers. */
  readonly content: Uint8Array | undefined;
}

function* fieldsOf(bytes: Uint8Array, name: string): Generator<Field> {
  let position = 0;
  const refuse = () =>
    inputError({
      what: `${name} is not a model flawmap can read`,
      expected: 'a complete ONNX file',
      found: 'other bytes, or some of them missing',
      remedy: 'copy or download it again',
    });
  const varint = (): number => {
    let value = 0;
    for (let i = 0; i < 10; i++) {
      const byte = bytes[position++];
      if (byte === undefined) break;
      value += (byte & 127) * 2 ** (7 * i);
      if (byte < 128) return value;
    }
    throw refuse();
  };
  while (position < bytes.length) {
    const tag = varint();
    const field = Math.floor(tag / 8);
    const wire = tag % 8;
    if (field === 0) throw refuse();
    if (wire === VARINT) {
      varint();
      yield { field, content: undefined };
      continue;
    }
    const length =
      wire === LENGTH_DELIMITED ? varint() : wire === 1 ? 8 : wire === 5 ? 4 : undefined;
    if (length === undefined || position + length > bytes.length) throw refuse();
    const content = bytes.subarray(position, position + length);
    position += length;
    yield { field, content: wire === LENGTH_DELIMITED ? content : undefined };
  }
}
