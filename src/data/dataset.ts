/** What a data set is: categories of labelled samples, read from folders. */

export type Label = 'normal' | 'anomalous';

/** `calibration` samples come from `--calibrate DIR`; they are neither fitted on nor tested on. */
export type Phase = 'train' | 'test' | 'calibration';

export interface Sample {
  /** Path relative to the category's folder, with forward slashes: `test/crack/000.png`. */
  readonly id: string;
  /** Absolute path of the image. */
  readonly path: string;
  readonly category: string;
  readonly phase: Phase;
  readonly label: Label;
  /** `good` for normal images, else the folder's name. */
  readonly defectType: string;
  /** Absolute path of the ground-truth mask; absent where the truth is unknown. */
  readonly maskPath?: string;
}

/** Something found beside the images and left alone. */
export interface SkippedFile {
  /** Absolute path. */
  readonly path: string;
  /** `hidden`, `not an image`, ... */
  readonly reason: string;
}

export interface Category {
  readonly name: string;
  /** Absolute path of its folder. */
  readonly root: string;
  readonly train: readonly Sample[];
  readonly test: readonly Sample[];
  readonly skipped: readonly SkippedFile[];
}
