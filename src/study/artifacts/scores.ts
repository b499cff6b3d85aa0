/** What models made of images: patch distances and scores, one set for each seed. */
import { join } from 'node:path';
import { readFloat32, readInt32, readJson } from './binaryFile.ts';

export interface ScoresDocument {
  /** [h, w] of the patch grid. */
  readonly grid: readonly [number, number];
  readonly seeds: readonly number[];
  readonly images: readonly {
    readonly id: string;
    /** In the order of `seeds`. */
    readonly scores: readonly number[];
  }[];
}

export const SCORES = 'scores.json';
export const distancesFile = (seed: number): string => `distances-${seed}.f32`;
export const nearestFile = (seed: number): string => `nearest-${seed}.i32`;

export const readScores = (folder: string): Promise<ScoresDocument> =>
  readJson(join(folder, SCORES));

/** Float32 [images * h * w], in the order of the document's images. */
export const readDistances = (folder: string, seed: number): Promise<Float32Array> =>
  readFloat32(join(folder, distancesFile(seed)));

/** Int32 [images * h * w]: rows of the bank. */
export const readNearest = (folder: string, seed: number): Promise<Int32Array> =>
  readInt32(join(folder, nearestFile(seed)));
