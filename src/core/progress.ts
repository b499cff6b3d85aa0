/** How long work reports itself; the command line turns it into bars, logs or silence. */

export interface ProgressEvent {
  /** What is being done, as a reader would say it: `reading images`. */
  readonly step: string;
  readonly done: number;
  /** 0: not known. */
  readonly total: number;
  /** What `done` and `total` count where the step does not say it: `MB`. */
  readonly unit?: string;
  /** How much is done, 0 to 1, where the parts counted do not take equally long. */
  readonly share?: number;
  /** What is in work just now. */
  readonly detail?: string;
}

export type ReportProgress = (event: ProgressEvent) => void;

/** What every long operation takes. */
export interface RunControl {
  readonly onProgress?: ReportProgress | undefined;
  /** Stops the work at the next safe point; it throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}
