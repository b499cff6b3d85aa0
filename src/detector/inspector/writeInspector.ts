/** Writes an inspector file: its graph, then its metadata, then a checksum of both. */
import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { writeAtomic } from '../../core/atomicFile.ts';
import { freeMemory } from '../../core/freeMemory.ts';
import { encodeInParts } from '../../tensor/onnx/encodeInParts.ts';
import type { ModelProto } from '../../tensor/onnx/proto/onnx_pb.ts';
import { encodeMetadata } from '../../tensor/onnx/protoParts.ts';
import { checksumEntry } from './checksum.ts';
import type { InspectorMetadata } from './metadata.ts';
import { METADATA_KEY, THUMBNAILS_KEY } from './metadataKeys.ts';

/** What follows a graph in its file. */
export interface Description {
  readonly metadata: InspectorMetadata;
  /** Of the training images, in base64. */
  readonly thumbnails: readonly string[];
}

export interface Written {
  readonly size: number;
  readonly metadata: InspectorMetadata;
}

/**
 * Writes a file that appears whole or not at all.
 * @param graph its bytes in parts; used up: the memory of large weights, of whoever made them, is given back
 * @param describe what the file holds besides; meanwhile the graph is a model at `graphFile`, where it
 * must stay as it is
 * @returns the size of the file in bytes, and what it says of itself
 */
export async function writeInspector(
  path: string,
  graph: Uint8Array[],
  describe: (graphFile: string) => Promise<Description>,
): Promise<Written> {
  let written: Written | undefined;
  await writeAtomic(path, async (partial) => {
    written = await fillInspector(partial, graph, describe);
  });
  return written!;
}

/** As `writeInspector`, a file that somebody else puts in its place: at `path` there is none yet. */
export async function fillInspector(
  path: string,
  graph: Uint8Array[],
  describe: (graphFile: string) => Promise<Description>,
): Promise<Written> {
  await using file = await open(path, 'wx');
  let [size, crc] = [0, 0];
  const append = async (part: Uint8Array) => {
    await file.writeFile(part);
    crc = crc32(part, crc);
    size += part.length;
  };
  for (const part of graph) await append(part);
  // Not before all are written: two may share their memory.
  for (const part of graph.splice(0)) if (isAlone(part)) freeMemory(part);
  // While it is described, the disk takes it; what is added then is little.
  const flushed = file.sync();
  flushed.catch(() => {});
  const description = await describe(path);
  await flushed;
  await append(properties(description));
  await append(checksumEntry(crc));
  await file.sync();
  return { size, metadata: description.metadata };
}

/** Whether it has memory of its own: a backbone's weights may lie in that of its file. */
const isAlone = ({ byteLength, buffer }: Uint8Array) => byteLength === buffer.byteLength;

/** The file's bytes: its graph, in which weights are as they lie in memory, its metadata, its checksum. */
export function encodeInspector(
  model: ModelProto,
  metadata: InspectorMetadata,
  thumbnails: readonly string[],
): readonly Uint8Array[] {
  const parts = [...encodeInParts(model), properties({ metadata, thumbnails })];
  const crc = parts.reduce((sum, part) => crc32(part, sum), 0);
  return [...parts, checksumEntry(crc)];
}

function properties({ metadata, thumbnails }: Description): Uint8Array {
  const { image, pixel } = metadata.calibration;
  return encodeMetadata({
    [METADATA_KEY]: JSON.stringify(metadata),
    // For programs that read no JSON: the two numbers a verdict needs.
    'flawmap.threshold': String(image.threshold),
    'flawmap.pixel_threshold': String(pixel.threshold),
    ...(thumbnails.length > 0 && { [THUMBNAILS_KEY]: JSON.stringify(thumbnails) }),
  });
}
