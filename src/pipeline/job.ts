/** A unit of work as plain data, so that it can be hashed, stored and handed to any process. */

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** A file a job reads. Its content is part of the job's key; where it lies is not. */
export interface FileInput {
  readonly name: string;
  readonly sha256: string;
}

/** What a job takes of a machine. */
export interface Resources {
  /** The most memory that its process has in use. */
  readonly memoryBytes: number;
  readonly cores: number;
  /** What it computes on, where that is not the CPU: `cuda`. */
  readonly device?: string;
}

export interface Job {
  /** Readable, and unique in its plan: `embed/bottle/clean`. */
  readonly id: string;
  readonly stage: string;
  /** The name of the kind that does it. */
  readonly kind: string;
  /** All that its result depends on besides files and other jobs. */
  readonly options: Json;
  readonly files?: readonly FileInput[];
  /** Ids of the jobs whose artifacts it reads. */
  readonly needs?: readonly string[];
  /** Where things lie; not part of its key. */
  readonly local?: Json;
  /**
   * Files it may read besides `files`, which follow from its needs or options: another machine must
   * have them as well. Not part of its key.
   */
  readonly reads?: readonly FileInput[];
  /**
   * The folders that its files lie in, by the first part of their names: `nut/test/good/000.png` is
   * `test/good/000.png` in the folder of `nut`. On another machine they are other folders, and what
   * `local` says of them is changed to those.
   */
  readonly folders?: Readonly<Record<string, string>>;
  /** What it takes, as a rule; default: a core and 2 GB. Not part of its key. */
  readonly resources?: Resources;
  /** Roughly how long it takes, default 1: tells the time left, and the longest chain goes first. */
  readonly seconds?: number;
  /** It measures the machine: nothing else of the run works meanwhile. Not part of its key. */
  readonly alone?: boolean;
  /**
   * Its artifact only saves work: what the jobs that need it leave follows from their own options,
   * files and other needs. So it is no part of their keys (whoever changes what its kind leaves
   * raises the versions of the kinds that read it), is never asked for by itself, and runs only for
   * readers that run, once the rest of what they need is there. The artifact is not flushed to
   * disk; it goes when the last of its readers is done, at the latest with the last session that
   * works with it. Not part of any key.
   */
  readonly transient?: boolean;
}
