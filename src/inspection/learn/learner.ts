/** How a method learns: it sees every training embedding once, then says what it has become. */
import type { RunControl } from '../../core/progress.ts';
import type { Head, Search } from '../../detector/head.ts';
import type { DetectorMetadata } from '../../detector/inspector/metadata.ts';

export interface Learnt {
  readonly head: Head;
  /** Of methods that judge every patch alike, wherever it lies. */
  readonly search?: Search;
  readonly metadata: DetectorMetadata;
  readonly summary: LearntSummary;
}

/** What a report says of it. */
export type LearntSummary =
  | {
      readonly method: 'patchcore';
      readonly rows: number;
      readonly dimension: number;
      readonly coreset: number;
    }
  | { readonly method: 'padim'; readonly positions: number; readonly dimension: number };

export interface Learner extends AsyncDisposable {
  /**
   * @param embedding one image's patches, float32 [patches * dimension]; used up
   */
  learn(embedding: Float32Array): Promise<void>;
  finish(control: RunControl): Promise<Learnt>;
}
