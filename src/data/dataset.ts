/** What a data set is: categories of labelled samples, read from folders. */

export type Label = 'normal' | 'anomalous';
export type Phase = 'train' | 'test';

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

export interface Category {
  readonly name: string;
  /** Absolute path of its folder. */
  readonly root: string;
  readonly train: readonly Sample[];
  readonly test: readonly Sample[];
}
