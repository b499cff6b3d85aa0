/** Something that is done to flawmap as a whole, and what came of it. */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TortureRow } from '../part.ts';

export interface SituationOptions {
  /** What `prepareBase` has made. */
  readonly base: string;
  /** Of this situation alone; not there yet. */
  readonly work: string;
  readonly share: number;
  readonly signal: AbortSignal;
}

export type Situation = (options: SituationOptions) => Promise<readonly TortureRow[]>;

/** A folder with copies of these of the base. */
export function makeWork(base: string, work: string, needs: readonly string[]): void {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  for (const name of needs) cpSync(join(base, name), join(work, name), { recursive: true });
}

export function faultRow(
  what: string,
  count: number,
  problems: readonly string[],
  held: string,
): TortureRow {
  const passed = problems.length === 0;
  for (const problem of problems) console.error(`\n${what}: ${problem}`);
  const outcome = passed ? held : `${problems.length} failed: ${problems[0]!.slice(0, 300)}`;
  return { group: 'faults injected', what, count, outcome, passed };
}
