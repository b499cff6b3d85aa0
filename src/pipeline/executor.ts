/** Where jobs are done: in this process, or in others. */
import type { RunControl } from '../core/progress.ts';
import type { Measured } from './artifact.ts';
import type { JobContext } from './kind.ts';

/** A job as its kind sees it, as plain data. */
export interface Work extends Omit<JobContext, 'control'> {
  readonly kind: string;
  /** Nothing else is done meanwhile: it may have all cores, and a process without a past. */
  readonly alone: boolean;
}

export interface Executor extends AsyncDisposable {
  /** Jobs it can do at once. */
  readonly slots: number;
  /**
   * Fills the work's folder; settles when nothing writes there any more.
   * @throws what the kind throws; the signal's reason when it is aborted
   */
  execute(work: Work, control: RunControl): Promise<Measured>;
}
