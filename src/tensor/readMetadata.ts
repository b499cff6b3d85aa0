/** Reads an ONNX file's metadata without its graph: only the top-level fields are walked over. */
import { readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { fromBinary } from '@bufbuild/protobuf';
import { FlawmapError, inputError, systemCode } from '../core/error.ts';
import { openRegularFile } from '../core/regularFile.ts';
import { StringStringEntryProtoSchema } from './proto/onnx_pb.ts';
import { requireDataOnly } from './requireDataOnly.ts';
import { bufferedSource } from './wireFields.ts';

/** Field number of ModelProto.metadata_props. */
const METADATA_PROPS = 14;
const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;

/** Fields of a model, its graph being one. */
const MOST_FIELDS = 10_000;
/** Bytes of all entries: ten thousand thumbnails take 100 MB. */
const MOST_METADATA = 256e6;

/**
 * @throws FlawmapError (input) when the file is missing, is not an ONNX file, is cut short or holds
 *   more metadata than any file of ours
 */
export async function readMetadata(path: string): Promise<Map<string, string>> {
  await using file = await openFile(path);
  return await walk(file, path);
}

/**
 * Walks over the whole file, but for the numbers in it.
 * @throws FlawmapError (input) for a model that is more than data: {@link requireDataOnly}
 */
export async function requireDataOnlyFile(path: string): Promise<void> {
  await using file = await openFile(path);
  const { size } = await file.stat();
  const read = (bytes: Uint8Array, start: number) =>
    readSync(file.fd, bytes, 0, bytes.length, start);
  requireDataOnly(bufferedSource(size, read), { name: path, anyOperators: false });
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await openRegularFile(path);
  } catch (error) {
    if (error instanceof FlawmapError) throw error;
    if (systemCode(error) === 'EISDIR') throw refusal(path, 'a folder', 'name the file in it');
    throw inputError({
      what: `cannot open the model ${path}`,
      expected: 'an inspector file',
      found: systemCode(error) === 'ENOENT' ? 'no such file' : String(systemCode(error)),
      remedy: 'check the path and its permissions; `flawmap fit` makes such a file',
      cause: error,
    });
  }
}

const refusal = (path: string, found: string, remedy: string): FlawmapError =>
  inputError({
    what: `${path} is not a model flawmap can read`,
    expected: 'a complete ONNX file',
    found,
    remedy,
  });

async function walk(file: FileHandle, path: string): Promise<Map<string, string>> {
  const { size } = await file.stat();
  const refuse = (found: string, remedy: string) => refusal(path, found, remedy);
  const tooMuch = () => refuse('more metadata than an inspector has', 'make the inspector again');
  const notOnnx = () => refuse('other bytes', 'check that this is the right file');
  const metadata = new Map<string, string>();
  let position = 0;
  let hasGraph = false;
  let bytesRead = 0;
  for (let fields = 0; position < size; fields++) {
    if (fields > MOST_FIELDS) throw tooMuch();
    const head = Buffer.alloc(Math.min(20, size - position));
    await file.read(head, 0, head.length, position);
    const tag = varint(head, 0);
    if (tag === undefined) throw notOnnx();
    const field = Math.floor(tag.value / 8);
    const wire = tag.value % 8;
    let end: number;
    if (wire === VARINT || wire === LENGTH_DELIMITED) {
      const number = varint(head, tag.length);
      if (number === undefined) throw notOnnx();
      const start = position + tag.length + number.length;
      end = wire === VARINT ? start : start + number.value;
      if (field === 7 && wire === LENGTH_DELIMITED) hasGraph = true;
      if (end > size && hasGraph) {
        throw refuse(`${size} bytes of at least ${end}: cut short`, 'copy or download it again');
      }
      if (field === METADATA_PROPS && end <= size) {
        bytesRead += end - start;
        if (bytesRead > MOST_METADATA) throw tooMuch();
        const bytes = Buffer.alloc(end - start);
        await file.read(bytes, 0, bytes.length, start);
        const entry = metadataEntry(bytes);
        if (entry === undefined) throw notOnnx();
        metadata.set(entry.key, entry.value);
      }
    } else if (wire === FIXED64 || wire === FIXED32) {
      end = position + tag.length + (wire === FIXED64 ? 8 : 4);
    } else throw notOnnx();
    if (field === 0 || end > size) throw notOnnx();
    position = end;
  }
  if (!hasGraph) throw notOnnx();
  return metadata;
}

function metadataEntry(bytes: Uint8Array): { key: string; value: string } | undefined {
  try {
    return fromBinary(StringStringEntryProtoSchema, bytes);
  } catch {
    return undefined;
  }
}

function varint(bytes: Uint8Array, start: number): { value: number; length: number } | undefined {
  let value = 0;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[start + i];
    if (byte === undefined) return undefined;
    value += (byte & 127) * 2 ** (7 * i);
    if (byte < 128) return { value, length: i + 1 };
  }
  return undefined;
}
