/** What the error analysis of one condition is made from. */
import type { Label } from '../../../data/dataset.ts';
import type { Defect, ErrorScenario } from '../../../result/analysis/errors.ts';
import type { Method, Thresholds } from '../../../result/scenario.ts';

export interface TestImage {
  readonly id: string;
  readonly label: Label;
  readonly defectType: string;
}

/** One model of a method and what it makes of the images. */
export interface ScoredMethod {
  readonly method: Method;
  readonly seed: number;
  readonly thresholds: Thresholds;
  /** Scores of the normal images that the thresholds were set on. */
  readonly normalScores: readonly number[];
  /** Of the test images, in their order. */
  readonly scores: readonly number[];
}

export interface ErrorInput {
  readonly category: string;
  readonly scenario: ErrorScenario;
  readonly images: readonly TestImage[];
  /** The anomalous ones, in the same order. */
  readonly defects: readonly Defect[];
  readonly methods: readonly ScoredMethod[];
  readonly confidence: number;
}
