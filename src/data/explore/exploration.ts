/** What `explore` finds: plain data, fit for JSON, without absolute paths. */
import type { ImageFormat } from '../../image/imageFormat.ts';
import type { Label, Phase } from '../dataset.ts';
import type { CategoryPlace } from '../locateCategory.ts';
import type { Summary } from './summary.ts';

export interface Exploration {
  readonly categories: readonly CategoryExploration[];
}

export interface CategoryExploration {
  readonly name: string;
  readonly layout: CategoryPlace['layout'];
  /** Of all classes together. */
  readonly images: number;
  /** Train before test, good before defective, then by name. */
  readonly classes: readonly ClassExploration[];
  /** Sizes in pixels with the number of images of that size, the most frequent first. */
  readonly sizes: readonly SizeCount[];
  /** Whether there is more than one size. */
  readonly mixedSizes: boolean;
  /** How the images are stored, the most frequent first. */
  readonly formats: readonly FormatCount[];
  /** Whether there is more than one of format, channels and bits together. */
  readonly mixedFormats: boolean;
  /** Images and masks that cannot be decoded; they are in no number but the counts. */
  readonly unreadable: readonly LeftOut[];
  /** Files that are no images, or lie outside of the layout. */
  readonly skipped: readonly LeftOut[];
  /** What `dataset verify` would say about the folders alone: errors and warnings. */
  readonly layoutProblems: number;
}

/** The images of one folder. */
export interface ClassExploration {
  readonly phase: Phase;
  readonly label: Label;
  /** `good` for normal images. */
  readonly defectType: string;
  readonly images: number;
  /** Mean luminance of an image, 0 to 255, over the images; null where none can be read. */
  readonly brightness: Summary | null;
  /** Standard deviation of the luminance within an image, 0 to 127.5, over the images. */
  readonly contrast: Summary | null;
  /** Null for normal images, whose truth needs no mask. */
  readonly masks: MaskExploration | null;
}

export interface MaskExploration {
  readonly present: number;
  /** Ids of the images without one. */
  readonly missing: readonly string[];
  /** Share of the image's pixels that the mask marks, 0 to 1, over the masks. */
  readonly areaShare: Summary | null;
}

export interface SizeCount {
  readonly width: number;
  readonly height: number;
  readonly images: number;
}

export interface FormatCount {
  readonly format: ImageFormat;
  /** 1 grey, 3 RGB; an opaque alpha channel is not counted. */
  readonly channels: 1 | 3;
  /** A channel. */
  readonly bits: 8 | 16;
  readonly images: number;
}

export interface LeftOut {
  /** Relative to the category's folder, with forward slashes. */
  readonly path: string;
  readonly reason: string;
}
