/** The JSON header of a safetensors file, checked in every part. */
import { z } from 'zod';
import { type FlawmapError, inputError, messageOf } from '../core/error.ts';

export interface TensorEntry {
  /** As the file names it: `F32`, `I64`, ... */
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Bytes from the end of the header, end exclusive. */
  readonly begin: number;
  readonly end: number;
}

const ITEM_BYTES: Readonly<Record<string, number>> = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E5M2: 1,
  F8_E4M3: 1,
  I16: 2,
  U16: 2,
  F16: 2,
  BF16: 2,
  I32: 4,
  U32: 4,
  F32: 4,
  I64: 8,
  U64: 8,
  F64: 8,
};

const size = z.number().int().nonnegative();
const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(size),
  data_offsets: z.tuple([size, size]),
});

/**
 * @param dataBytes how many bytes follow the header
 * @param path the file's, for messages
 * @throws FlawmapError (input) naming the first thing that is wrong
 */
export function parseHeader(
  header: Uint8Array,
  dataBytes: number,
  path: string,
): ReadonlyMap<string, TensorEntry> {
  const tensors = new Map<string, TensorEntry>();
  for (const [name, value] of Object.entries(parseJson(header, path))) {
    if (name === '__metadata__') continue;
    const parsed = entrySchema.safeParse(value);
    if (!parsed.success) throw notSafetensors(path, `tensor ${name} without type, shape and place`);
    const { dtype, shape, data_offsets } = parsed.data;
    tensors.set(name, { dtype, shape, begin: data_offsets[0], end: data_offsets[1] });
  }
  checkSizes(tensors, path);
  checkPlaces(tensors, dataBytes, path);
  return tensors;
}

function parseJson(header: Uint8Array, path: string): object {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(header));
  } catch (error) {
    throw notSafetensors(path, `a header that is not JSON: ${messageOf(error)}`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw notSafetensors(path, 'a header that is not a JSON object');
}

function checkSizes(tensors: ReadonlyMap<string, TensorEntry>, path: string): void {
  for (const [name, { dtype, shape, begin, end }] of tensors) {
    // A type of a newer version may be there; it is refused when it is used.
    const itemBytes = ITEM_BYTES[dtype];
    if (itemBytes === undefined) continue;
    const bytes = shape.reduce((product, length) => product * length, itemBytes);
    if (bytes !== end - begin) {
      const found = `tensor ${name}: ${end - begin} bytes for ${dtype} [${shape.join(', ')}]`;
      throw notSafetensors(path, found);
    }
  }
}

/** Tensors follow each other without overlap, and the file is as long as they need. */
function checkPlaces(
  tensors: ReadonlyMap<string, TensorEntry>,
  dataBytes: number,
  path: string,
): void {
  const inOrder = [...tensors].sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end);
  let position = 0;
  for (const [name, { begin, end }] of inOrder) {
    if (begin < position) throw notSafetensors(path, `tensor ${name} overlaps another`);
    if (begin > position || end < begin) throw notSafetensors(path, `a gap before ${name}`);
    position = end;
  }
  if (position === dataBytes) return;
  throw inputError({
    what: position > dataBytes ? `${path} is cut short` : `${path} holds more than its tensors`,
    expected: `${position} bytes of numbers`,
    found: `${dataBytes} bytes`,
    remedy: 'copy or download the file again, and check its hash',
  });
}

export function notSafetensors(path: string, found: string): FlawmapError {
  return inputError({
    what: `${path} is not a well-formed safetensors file`,
    expected: 'a header that lists tensors, and their numbers without gap or overlap',
    found,
    remedy: 'check that this is the right file and that it was copied or downloaded whole',
  });
}
