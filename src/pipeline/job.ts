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
  /** Roughly how long it takes, default 1: tells the time left, and the longest chain goes first. */
  readonly seconds?: number;
  /** It measures the machine: nothing else of the run works meanwhile. Not part of its key. */
  readonly alone?: boolean;
}
