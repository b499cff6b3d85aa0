/**
 * A report as data: chapters of blocks. Chapters are pure functions of the result document
 * (`chapters/`); what shows them (one HTML page, files of tables and figures, the paper) walks the
 * same blocks.
 */
import type { Picture } from '../result/pictures.ts';
import type { Plot } from './plots/plot.ts';
import type { Table } from './tables/table.ts';

export interface Report {
  readonly title: string;
  /** What was studied, in one line. */
  readonly subtitle: string;
  readonly chapters: readonly Chapter[];
}

export interface Chapter {
  /** For links: `data-exploration`. */
  readonly id: string;
  /** As the plan counts: `01`; the summary that opens the report has none. */
  readonly number: string | null;
  readonly title: string;
  /** What the chapter says, in a sentence or two with its numbers. */
  readonly lead: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | Heading
  | Prose
  | Verdicts
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'plot'; readonly plot: Plot }
  | PictureRow
  | Tabs
  | ThresholdExplorer
  | Gallery;

export interface Heading {
  readonly kind: 'heading';
  readonly text: string;
}

/** Plain text; every renderer escapes it. */
export interface Prose {
  readonly kind: 'prose';
  readonly text: string;
  /** `note` is set apart: a limitation, what was left out and why. `code`: commands, as they are. */
  readonly tone?: 'note' | 'code';
}

/** One sentence a category that somebody would act on. */
export interface Verdicts {
  readonly kind: 'verdicts';
  readonly verdicts: readonly {
    readonly subject: string;
    readonly tone: 'good' | 'caution' | 'bad' | 'unknown';
    readonly text: string;
  }[];
}

/** A row of pictures with captions; a picture with a mask or map is shown beside it. */
export interface PictureRow {
  readonly kind: 'pictures';
  readonly id: string;
  readonly title: string;
  readonly sentence: string;
  readonly items: readonly {
    readonly caption: string;
    /** Files of the run with what they show, side by side: `{ file, alt: 'mask' }`. */
    readonly files: readonly { readonly file: string; readonly alt: string }[];
  }[];
}

/** The same content for each of several things, such as categories; print shows all of them. */
export interface Tabs {
  readonly kind: 'tabs';
  /** What they are: `Category`. */
  readonly label: string;
  readonly tabs: readonly { readonly title: string; readonly blocks: readonly Block[] }[];
}

/** Scores of test images with a threshold to be moved; everything at the threshold follows it. */
export interface ThresholdExplorer {
  readonly kind: 'threshold';
  readonly id: string;
  readonly title: string;
  readonly sets: readonly ScoreSet[];
}

export interface ScoreSet {
  readonly category: string;
  readonly method: string;
  readonly scenario: string;
  readonly seed: number;
  readonly scores: readonly {
    readonly id: string;
    readonly anomalous: boolean;
    readonly score: number;
  }[];
  /** Thresholds that the study chose, to jump to: `F1-optimal`, `normal images alone`. */
  readonly marks: readonly { readonly label: string; readonly threshold: number }[];
}

/** All test images that there are pictures of, to be sorted and filtered. */
export interface Gallery {
  readonly kind: 'gallery';
  readonly id: string;
  readonly title: string;
  readonly items: readonly GalleryItem[];
}

export interface GalleryItem {
  readonly picture: Picture;
  readonly judgements: readonly {
    readonly method: string;
    readonly score: number;
    readonly threshold: number;
    readonly outcome: 'tp' | 'fp' | 'tn' | 'fn';
  }[];
}
