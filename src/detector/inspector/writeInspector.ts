/** Writes an inspector file: its graph, then its metadata, then a checksum of both. */
import { crc32 } from 'node:zlib';
import { writeFileAtomic } from '../../core/atomicFile.ts';
import { inputError } from '../../core/error.ts';
import type { ModelProto } from '../../tensor/proto/onnx_pb.ts';
import { encodeMetadata, encodeModel } from '../../tensor/protoParts.ts';
import { checksumEntry } from './checksum.ts';
import type { InspectorMetadata } from './metadata.ts';
import { METADATA_KEY, THUMBNAILS_KEY } from './metadataKeys.ts';

/** One protobuf message cannot exceed 2 GB; the rest is left for weights and metadata. */
export const LARGEST_FILE = 1.9e9;

/** @returns the size of the file in bytes */
export async function writeInspector(
  path: string,
  model: ModelProto,
  metadata: InspectorMetadata,
  thumbnails: readonly string[],
): Promise<number> {
  const parts = encodeInspector(model, metadata, thumbnails);
  await writeFileAtomic(path, parts);
  return parts.reduce((sum, { length }) => sum + length, 0);
}

/** The file's bytes: its graph, its metadata, its checksum. */
export function encodeInspector(
  model: ModelProto,
  metadata: InspectorMetadata,
  thumbnails: readonly string[],
): readonly Uint8Array[] {
  const { image, pixel } = metadata.calibration;
  const properties = encodeMetadata({
    [METADATA_KEY]: JSON.stringify(metadata),
    // For programs that read no JSON: the two numbers a verdict needs.
    'flawmap.threshold': String(image.threshold),
    'flawmap.pixel_threshold': String(pixel.threshold),
    ...(thumbnails.length > 0 && { [THUMBNAILS_KEY]: JSON.stringify(thumbnails) }),
  });
  const graph = encodeModel(model);
  return [graph, properties, checksumEntry(crc32(properties, crc32(graph)))];
}

export interface FileSize {
  readonly rows: number;
  readonly dimension: number;
  /** Bound table columns of the pruned search; 0 when it compares everything. */
  readonly coordinates: number;
  readonly weightBytes: number;
}

/** Bytes of the bank, the search's tables and the backbone; the rest is small. */
export function estimateFileSize({ rows, dimension, coordinates, weightBytes }: FileSize): number {
  const perRow = dimension + 1 + (coordinates > 0 ? coordinates + 2 : 0);
  return weightBytes + 4 * (rows * perRow + dimension * coordinates);
}

/** @throws FlawmapError (input) with the largest coreset that fits, before any image is read */
export function refuseOversize(
  size: FileSize,
  patches: number,
  coreset: number,
  limit: number = LARGEST_FILE,
): void {
  const bytes = estimateFileSize(size);
  if (bytes <= limit) return;
  const fixed = estimateFileSize({ ...size, rows: 0 });
  const rows = Math.floor((limit - fixed) / ((bytes - fixed) / size.rows));
  const largest = Math.floor((rows / patches) * 1e4) / 1e4;
  throw inputError({
    what: `the inspector would take ${(bytes / 1e9).toFixed(2)} GB`,
    expected: `at most ${(limit / 1e9).toFixed(1)} GB, the limit of one ONNX file`,
    found: `${size.rows} bank rows of ${size.dimension} dimensions (--coreset ${coreset})`,
    remedy:
      largest > 0
        ? `use --coreset ${largest} or less, --embedding paper1024, or fewer layers`
        : 'use fewer layers or a smaller backbone',
  });
}
