/** One command under attack: killed at its operations, and refused them by the system. */
import { readFileSync, rmSync } from 'node:fs';
import type { TortureRow } from '../part.ts';
import type { Fault } from './layer.ts';
import { complaintAbout, type Ended, runProcess } from './runProcess.ts';
import { faultRow, makeWork } from './situation.ts';
import { keptBy, type Subject, varyingIn } from './subjects.ts';
import { contentAt, differenceFrom, type Tree, treeOf, withPutBack } from './tree.ts';

const ERRORS = ['ENOSPC', 'EIO', 'EACCES'] as const;

/** Where a command is attacked. */
export interface Site {
  readonly subject: Subject;
  readonly base: string;
  /** Empty, or what another attack has left. */
  readonly work: string;
  readonly signal: AbortSignal;
}

export interface Attack extends Site {
  readonly share: number;
  onDone(): void;
}

/** How many attacks there will be, if there are operations enough. */
export const attacksOn = ({ most }: Subject, share: number): number =>
  scaled(most.kills, share) + ERRORS.length * scaled(most.errors, share);

const scaled = (most: number, share: number): number => Math.max(1, Math.round(most * share));

export async function attack(options: Attack): Promise<readonly TortureRow[]> {
  const { subject, work, share, onDone } = options;
  const place = await openPlace(options);
  const { operations } = place;
  const rows: TortureRow[] = [];

  const kills = spread(operations, scaled(subject.most.kills, share));
  const problems: string[] = [];
  for (const at of kills) {
    const problem = await afterKill(place, at);
    if (problem !== undefined) problems.push(`at operation ${at}: ${problem}`);
    onDone();
  }
  rows.push(killRow(subject, kills.length, operations, problems));

  const refusals: string[] = [];
  let count = 0;
  for (const kind of ERRORS) {
    for (const at of spread(operations, scaled(subject.most.errors, share))) {
      count++;
      const problem = await afterError(place, kind, at);
      if (problem !== undefined) refusals.push(`${kind} at operation ${at}: ${problem}`);
      onDone();
    }
  }
  rows.push(
    faultRow(
      `disk full, disk failing, rights lost in the midst of ${subject.name}`,
      count,
      refusals,
      `${of(count, ERRORS.length * operations)}; each time it said what to do, or did without, and nothing was half written`,
    ),
  );
  rmSync(work, { recursive: true, force: true });
  return rows;
}

/** @param kills of so many operations */
export const killRow = (
  subject: Subject,
  kills: number,
  operations: number,
  problems: readonly string[],
): TortureRow =>
  faultRow(
    `kill -9 in the midst of ${subject.name}`,
    kills,
    problems,
    `${of(kills, operations)}; each time all was as before or as it was to be, the same command succeeded then, and nothing was left over`,
  );

const of = (some: number, all: number): string =>
  some >= all ? `all ${all} operations on files` : `${some} of ${all} operations on files`;

export interface Place extends Site {
  readonly before: Tree;
  readonly after: Tree;
  readonly operations: number;
}

/** Runs the command undisturbed: what it leaves, and how many operations it takes. */
export async function openPlace(options: Site): Promise<Place> {
  const { subject, work } = options;
  reset(options);
  const before = treeOf(work);
  const count = `${work}.count`;
  const ended = await run(options, { at: 0, kind: 'kill', count });
  if (ended.code !== 0) throw new Error(`${subject.name} does not work here: ${ended.stderr}`);
  const operations = Number(readFileSync(count, 'utf8'));
  if (operations === 0) throw new Error(`${subject.name} writes nothing that is seen`);
  const { base, signal } = options;
  return { subject, base, work, signal, before, after: treeOf(work), operations };
}

const reset = ({ subject, base, work }: Site): void => makeWork(base, work, subject.needs);

function run(
  { subject, work, signal }: Site,
  fault: Omit<Fault, 'root'> | undefined,
): Promise<Ended> {
  const { command } = subject;
  return runProcess({
    ...{ command, cwd: work, signal },
    ...(fault !== undefined && { fault: { ...fault, root: work } }),
  });
}

/** @returns what is wrong then, or after the next run of the command */
export async function afterKill(place: Place, at: number): Promise<string | undefined> {
  reset(place);
  const ended = await run(place, { at, kind: 'kill' });
  if (!ended.killed && ended.code !== 0) return `it ended by itself: ${ended.stderr.slice(-500)}`;
  return (await isWhole(place)) ?? afterNext(place);
}

async function afterError(
  place: Place,
  kind: (typeof ERRORS)[number],
  at: number,
): Promise<string | undefined> {
  reset(place);
  const ended = await run(place, { at, kind });
  const problem = complaintAbout(ended) ?? (await isWhole(place));
  if (problem !== undefined) return problem;
  // Without rights nothing can be removed: that is left to the next run.
  return kind === 'EACCES' || ended.code === 0 ? afterNext(place) : strays(place);
}

/** Each target as it was, or as it is to be; or the next command puts it back as it was. */
async function isWhole({ subject, work, before, after }: Place): Promise<string | undefined> {
  const found = withPutBack(treeOf(work));
  for (const target of subject.targets) {
    const content = contentAt(found, target);
    const isKnown = content === contentAt(before, target) || content === contentAt(after, target);
    if (!isKnown) return `${target} is neither as before nor as it is to be`;
  }
  return subject.check?.(work);
}

/** The same command again does what it did undisturbed, and leaves what it left then. */
async function afterNext(place: Place): Promise<string | undefined> {
  const { subject, work, after } = place;
  const again = await run(place, undefined);
  const isThere = subject.targets.every(
    (target) => contentAt(treeOf(work), target) === contentAt(after, target),
  );
  // A folder that is whole already is not made again.
  const isDone = isThere && /a new or empty folder/.test(again.stderr);
  if (again.code !== 0 && !isDone) return `the next run failed: ${again.stderr.slice(-500)}`;
  const found = withoutKept(treeOf(work), subject);
  const expected = { tree: withoutKept(after, subject), varies: varyingIn(subject) };
  return differenceFrom(found, expected) ?? subject.check?.(work);
}

const withoutKept = (tree: Tree, subject: Subject): Tree =>
  new Map([...tree].filter(([path]) => !keptBy(subject).test(path)));

/** What a failure has left that is neither of before nor of what was to be. */
function strays({ subject, work, before, after }: Place): string | undefined {
  for (const path of treeOf(work).keys()) {
    const isKnown = before.has(path) || after.has(path) || keptBy(subject).test(path);
    // The cache keeps what was made, and what a session may still use.
    if (!isKnown && !/^(cache|made|fetched)\//.test(path)) return `${path} is left behind`;
  }
  return undefined;
}

/** The first, the last where names are given, and others evenly between. */
function spread(operations: number, most: number): number[] {
  if (operations <= most) return Array.from({ length: operations }, (_, i) => i + 1);
  const last = Math.floor(most / 3);
  const early = most - last;
  const points = Array.from(
    { length: early },
    (_, i) => 1 + Math.round((i * (operations - last)) / early),
  );
  return [...new Set([...points, ...Array.from({ length: last }, (_, i) => operations - i)])];
}
