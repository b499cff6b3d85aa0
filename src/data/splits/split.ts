/** Which images of a data set are fitted on, calibrated on and tested on, as plain data. */
import type { Label } from '../dataset.ts';

/** `train` is fitted on, `val` sets thresholds, `test` is measured on. */
export const PARTS = ['train', 'val', 'test'] as const;
export type Part = (typeof PARTS)[number];

export interface SplitImage {
  /** Path relative to the category's folder, with forward slashes, as `Sample.id`. */
  readonly id: string;
  /** Of the file's bytes, as all hashes here. */
  readonly sha256: string;
  readonly label: Label;
  /** `good` for normal images. */
  readonly defectType: string;
  /** Null for normal images and where the truth is unknown; its id is a path as the image's. */
  readonly mask: { readonly id: string; readonly sha256: string } | null;
}

/** Every part by id in code point order. */
export interface CategorySplit {
  readonly category: string;
  readonly train: readonly SplitImage[];
  readonly val: readonly SplitImage[];
  readonly test: readonly SplitImage[];
}

export interface SplitShares {
  /** Share of the normal training images that goes to `val`, between 0 and 1. */
  readonly validation: number;
  /** Share of the anomalous test images of each defect type that goes to `val`, from 0 to below 1. */
  readonly anomalousValidation: number;
}

export interface SplitOptions extends SplitShares {
  readonly seed: number;
}

export interface Splits extends SplitOptions {
  readonly schemaVersion: 1;
  readonly categories: readonly CategorySplit[];
}

/** All images of a category, part after part. */
export const imagesOf = (split: CategorySplit): readonly SplitImage[] =>
  PARTS.flatMap((part) => split[part]);
