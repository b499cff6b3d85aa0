/** What `update` and `recalibrate` have done. */
import type { Calibration } from '../../calibration/calibration.ts';
import type { SkippedFile } from '../../data/dataset.ts';
import type { LeftOut } from './batch.ts';
import type { ModelNumbers, Version } from './versions.ts';

export interface UpkeepReport {
  /** Absolute path of the model. */
  readonly file: string;
  readonly version: Version;
  /** Of the version before: where to go back to. */
  readonly previous: number;
  readonly images: {
    readonly joined: number;
    readonly calibrated: number;
    /** Suspicious ones, which the threshold counts as above it where they were to calibrate. */
    readonly setAside: readonly { readonly id: string; readonly reason: string }[];
    /** Such as duplicates. */
    readonly leftOut: readonly LeftOut[];
  };
  readonly skipped: readonly SkippedFile[];
  readonly before: ModelNumbers;
  readonly after: ModelNumbers;
  readonly rule: Calibration['image']['rule'];
  /** Of the threshold before. */
  readonly previousRule: Calibration['image']['rule'];
  readonly statement: string;
  readonly seconds: Readonly<Record<string, number>>;
}
