/** What the variants of a detector made of validation and test images. */
import { join } from 'node:path';
import { readJson, writeJson } from '../../artifacts/binaryFile.ts';

export interface VariantScores {
  readonly id: string;
  readonly dimension: number;
  readonly bankRows: number | null;
  /** For each of the variant's scores, the images'. */
  readonly scores: readonly (readonly number[])[];
}

/** Measured; not part of what is the same everywhere. */
export interface VariantTimes {
  readonly id: string;
  readonly fitSeconds: number;
  /** From the embedding to the score, mean over images. */
  readonly searchMilliseconds: number;
}

export interface VariantsDocument {
  readonly grid: readonly [number, number];
  readonly variants: readonly VariantScores[];
}

const VARIANTS = 'variants.json';
const TIMES = 'times.json';

export async function writeVariants(
  folder: string,
  document: VariantsDocument,
  times: readonly VariantTimes[],
): Promise<void> {
  await writeJson(join(folder, VARIANTS), document);
  await writeJson(join(folder, TIMES), times);
}

export const readVariants = (folder: string): Promise<VariantsDocument> =>
  readJson(join(folder, VARIANTS));

export const readTimes = (folder: string): Promise<readonly VariantTimes[]> =>
  readJson(join(folder, TIMES));
