/** Reads an ONNX file's metadata without its graph: only the top-level fields are walked over. */
import type { FileHandle } from 'node:fs/promises';
import { FlawmapError, inputError, systemCode } from '../../core/error.ts';
import { openRegularFile } from '../../core/regularFile.ts';
import { fileSource } from './fileSource.ts';
import { requireDataOnly } from './requireDataOnly.ts';
import { type ByteSource, CutShort, memorySource, wireFields } from './wireFields.ts';

/** Field numbers of ModelProto. */
const GRAPH = 7;
const METADATA_PROPS = 14;

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
  return metadataOf(await fileSource(file), path);
}

/**
 * Walks over the whole file, but for the numbers in it.
 * @throws FlawmapError (input) for a model that is more than data: {@link requireDataOnly}
 */
export async function requireDataOnlyFile(path: string): Promise<void> {
  await using file = await openFile(path);
  requireDataOnly(await fileSource(file), { name: path, anyOperators: false });
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

function metadataOf(source: ByteSource, path: string): Map<string, string> {
  const refuse = (found: string, remedy: string) => refusal(path, found, remedy);
  const tooMuch = () => refuse('more metadata than an inspector has', 'make the inspector again');
  const notOnnx = () => refuse('other bytes', 'check that this is the right file');
  const metadata = new Map<string, string>();
  let hasGraph = false;
  let fields = 0;
  let bytesRead = 0;
  try {
    for (const { number, kind, start, end } of wireFields(source, 0, source.size)) {
      if (++fields > MOST_FIELDS) throw tooMuch();
      if (kind !== 'bytes') continue;
      if (number === GRAPH) hasGraph = true;
      if (number !== METADATA_PROPS) continue;
      bytesRead += end - start;
      if (bytesRead > MOST_METADATA) throw tooMuch();
      const entry = metadataEntry(source.read(start, end - start));
      if (entry === undefined) throw notOnnx();
      metadata.set(entry.key, entry.value);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const cut = error instanceof CutShort ? error.field : undefined;
    if (cut === undefined || !(hasGraph || cut.number === GRAPH)) throw notOnnx();
    throw refuse(
      `${source.size} bytes of at least ${cut.end}: cut short`,
      'copy or download it again',
    );
  }
  if (!hasGraph) throw notOnnx();
  return metadata;
}

/** A StringStringEntryProto: key 1, value 2. */
function metadataEntry(bytes: Uint8Array): { key: string; value: string } | undefined {
  const entry = { key: '', value: '' };
  const source = memorySource(bytes);
  for (const { number, kind, start, end } of wireFields(source, 0, bytes.length)) {
    if (kind !== 'bytes') return undefined;
    const text = utf8(bytes.subarray(start, end));
    if (number === 1) entry.key = text;
    if (number === 2) entry.value = text;
  }
  return entry;
}

/** @throws RangeError for bytes that are none */
function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new RangeError('a text that is no UTF-8');
  }
}
