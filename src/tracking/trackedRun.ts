/** What trackers of experiments are told of a run: plain data. */

export interface TrackedRun {
  readonly name: string;
  readonly params: Readonly<Record<string, string | number | boolean>>;
  readonly metrics: readonly TrackedMetric[];
  /** ms since 1970 */
  readonly startedAt: number;
  readonly endedAt: number;
}

export interface TrackedMetric {
  /** Such as `bottle/patchcore/clean/image_auroc`. */
  readonly tag: string;
  readonly value: number;
  readonly step: number;
}
