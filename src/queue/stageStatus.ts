/** How far a stage is. */

export type StageProgress =
  /** For others, for a worker, or for its next try. */
  | 'waiting'
  | 'running'
  | 'done'
  | 'failed'
  /** Not tried, because one that it needs has failed. */
  | 'held back'
  /** Redis does not know it any more: it ended long ago, or was lost. */
  | 'forgotten';

export interface StageStatus {
  readonly id: string;
  /** What `--only` calls it. */
  readonly stage: string;
  readonly state: StageProgress;
  /** Tries so far that failed. */
  readonly failures: number;
  /** Expected. */
  readonly expectedSeconds: number;
  /** In ms since 1970; null: not yet, or not known. All times here are so. */
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** That has done it. */
  readonly worker: string | null;
}
