/** How jobs of one kind are done. */
import type { RunControl } from '../core/progress.ts';
import type { Json } from './job.ts';

export interface JobContext<O = unknown> {
  readonly options: O;
  readonly local: Json;
  /** The folder of each needed job's artifact, by the job's id. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Where the result goes: a folder that is empty and becomes the artifact. */
  readonly folder: string;
  readonly control: RunControl;
}

export interface Kind<O = unknown> {
  readonly name: string;
  /** Part of every key: raised whenever the same job would give another result. */
  readonly version: number;
  run(context: JobContext<O>): Promise<void>;
}

// A registry holds kinds of all options; the plan gives each job those of its kind.
// biome-ignore lint/suspicious/noExplicitAny: nothing else is assignable from every Kind<O>
export type Registry = Readonly<Record<string, Kind<any>>>;
