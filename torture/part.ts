/** A part of `npm run torture`: what it does to flawmap, how often, and how that ended. */

export interface TortureRow {
  readonly group: 'faults injected' | 'inputs fuzzed' | 'load held';
  /** What was done, as a noun: `disk full while a model is written`. */
  readonly what: string;
  readonly count: number;
  /** What came of it, with figures: `count` refusals, slowest case, memory. */
  readonly outcome: string;
  readonly passed: boolean;
  /** What repeats a failure: seed, path of a kept case. */
  readonly repeat?: string;
}

export interface TortureOptions {
  /** Everything random follows from it. */
  readonly seed: string;
  /** Of the usual number of cases; 1 in the table that is committed. */
  readonly share: number;
  /** Empty and the part's own; removed afterwards. */
  readonly scratch: string;
  readonly signal: AbortSignal;
  onProgress(done: number, total: number): void;
}

export interface TorturePart {
  readonly name: string;
  /** Runs only where it is named, and has a table of its own: between these markers of docs/torture.md. */
  readonly block?: string;
  run(options: TortureOptions): Promise<readonly TortureRow[]>;
}
