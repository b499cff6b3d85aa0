/** What is fuzzed: how a case is made, and what of flawmap is then called as a user would. */
import type { Random } from '../../src/core/random.ts';

/** Folders of one case, absolute. */
export interface Place {
  /** Holds the case's files. */
  readonly input: string;
  /** Not there yet; the only folder that may be written to. */
  readonly output: string;
  /** Holds one file, `canary`, which hostile names lead to and which must stay as it is. */
  readonly outside: string;
}

export interface FuzzTarget {
  readonly name: string;
  /** As a row of the table: `image files`. */
  readonly what: string;
  readonly cases: number;
  /** What one case may add to the process's memory at most, in MB. */
  readonly megabytes: number;
  /** How long a case may take; default: 5. */
  readonly seconds?: number;
  /**
   * Once in each process, before its first case.
   * @param folder empty, and the target's own
   * @returns makes and runs cases
   */
  prepare(folder: string): Promise<FuzzedCases>;
}

export interface FuzzedCases {
  /** Writes the case's files; the same for the same random numbers. */
  make(random: Random, place: Place): Promise<void> | void;
  /**
   * Gives them to flawmap. Throws what flawmap throws.
   * @returns a complaint where flawmap took what it should not have taken
   */
  run(place: Place): Promise<string | undefined>;
  /** What an error must name, a path or the end of one; default: the case's input folder. */
  readonly names?: readonly string[];
}
