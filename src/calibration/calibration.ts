/** What is known of a detector's thresholds: where they come from and what they promise. */
import type { ConformalThreshold } from './conformalThreshold.ts';

/** A held-out image the detector has scored; never one of the test images. */
export interface CalibrationScore {
  readonly id: string;
  readonly label: 'normal' | 'anomalous';
  /** The image's score, higher is more anomalous. */
  readonly score: number;
  /** The highest value of its anomaly map. */
  readonly mapMaximum: number;
}

/** The threshold that judges best the labelled images it was fitted on. */
export interface F1Threshold {
  readonly rule: 'f1-optimal';
  /** Anomalous when `score > threshold`. */
  readonly threshold: number;
  /** The F1 it reaches on the calibration images, in (0, 1]. */
  readonly f1: number;
  /** The share of anomalous images it was fitted at, in (0, 1): it moves with that. */
  readonly prevalence: number;
  /** What the normal images alone would choose, and promise. */
  readonly conformal: ConformalThreshold;
}

/** Plain data: survives JSON. */
export interface Calibration {
  /** Judges images. */
  readonly image: ConformalThreshold | F1Threshold;
  /** Judges the pixels of a map; its promise is of no pixel above it in a normal image. */
  readonly pixel: ConformalThreshold;
  readonly counts: { readonly normal: number; readonly anomalous: number };
  /** What the image threshold can and cannot promise, for the reader. */
  readonly statement: string;
}
