/**
 * Reads weights in the safetensors format (github.com/huggingface/safetensors): eight bytes with
 * the header's length, a JSON header with each tensor's type, shape and place, then the numbers,
 * little-endian and row-major. Nothing in a file is believed before it is checked.
 */
import type { FileHandle } from 'node:fs/promises';
import { FlawmapError, inputError } from '../core/error.ts';
import { readFully } from '../core/readFully.ts';
import { openRegularFile } from '../core/regularFile.ts';
import { float32, type Tensor } from '../tensor/elementType.ts';
import { decodeFloats, FLOAT_BYTES, isFloatFormat } from './floatFormat.ts';
import { readFailure } from './readFailure.ts';
import { notSafetensors, parseHeader, type TensorEntry } from './safetensorsHeader.ts';

export interface Safetensors {
  readonly path: string;
  readonly tensors: ReadonlyMap<string, TensorEntry>;
  /**
   * Reads one tensor from the disk; half and double precision become single.
   * @throws FlawmapError (input) for a tensor that is not there or does not hold floats
   */
  float32(name: string): Promise<Tensor>;
}

/** Holds the header's length, an unsigned 64-bit integer. */
const PREFIX_BYTES = 8;
/** The limit of the reference implementation. */
const LARGEST_HEADER = 100_000_000;

/** @throws FlawmapError (input) when the file cannot be read or is not whole and well-formed */
export async function openSafetensors(path: string): Promise<Safetensors> {
  const { tensors, dataStart } = await withFile(path, async (file) => {
    const { size } = await file.stat();
    if (size < PREFIX_BYTES) throw notSafetensors(path, `${size} bytes`);
    const length = (await readRange(file, 0, PREFIX_BYTES)).readBigUInt64LE();
    if (length > Math.min(LARGEST_HEADER, size - PREFIX_BYTES)) {
      throw notSafetensors(path, `a header of ${length} bytes in a file of ${size}`);
    }
    const header = await readRange(file, PREFIX_BYTES, Number(length));
    const dataStart = PREFIX_BYTES + header.length;
    return { tensors: parseHeader(header, size - dataStart, path), dataStart };
  });
  return {
    path,
    tensors,
    async float32(name) {
      const entry = tensors.get(name);
      if (entry === undefined || !isFloatFormat(entry.dtype)) throw noFloats(path, name, entry);
      const { begin, end, dtype, shape } = entry;
      const bytes = await withFile(path, (file) => readRange(file, dataStart + begin, end - begin));
      return float32(decodeFloats(bytes, dtype), shape);
    },
  };
}

async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  let file: FileHandle | undefined;
  try {
    file = await openRegularFile(path);
    return await use(file);
  } catch (error) {
    throw error instanceof FlawmapError ? error : readFailure(path, error);
  } finally {
    await file?.close();
  }
}

async function readRange(file: FileHandle, start: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const filled = await readFully(file, bytes, start);
  if (filled < length) throw new Error('the file became shorter while it was read');
  return bytes;
}

function noFloats(path: string, name: string, entry: TensorEntry | undefined): FlawmapError {
  return inputError({
    what: `${path} lacks the weights ${name}`,
    expected: `a tensor ${name} of type ${Object.keys(FLOAT_BYTES).join(', ')}`,
    found: entry === undefined ? 'no tensor of this name' : entry.dtype,
    remedy: 'use a file that torchvision or timm wrote, in one of these types',
  });
}
