/** How large an inspector file will be, told before anything is learnt. */
import { inputError } from '../../core/error.ts';

/** One protobuf message cannot exceed 2 GB; the rest is left for weights and metadata. */
export const LARGEST_FILE = 1.9e9;

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
