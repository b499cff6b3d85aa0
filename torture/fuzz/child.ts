/**
 * A process that runs cases, so that one that crashes or never ends takes no others with it.
 *
 *     node build/torture/fuzz/child.js TARGET SEED INDEX     one case, and what came of it
 */
import {
  closeSync,
  cpSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../../src/core/random.ts';
import { complaintAbout, emptyTally, SLOWEST_SECONDS, type Tally } from './outcome.ts';
import type { FuzzedCases, FuzzTarget, Place } from './target.ts';
import { targetNamed } from './targets.ts';

/** Sent by the parent; answered with a {@link Tally}. */
export interface Batch {
  readonly from: number;
  readonly to: number;
}

const CANARY = 'as it was';
const [name = '', seed = '', folder = '', kept = ''] = process.argv.slice(2);
const target: FuzzTarget = targetNamed(name);
const single = process.send === undefined;
const root = single ? join(tmpdir(), `flawmap-case-${process.pid}`) : folder;
const place: Place = {
  input: join(root, 'case', 'input'),
  output: join(root, 'case', 'output'),
  outside: join(root, 'case', 'outside'),
};
const own = join(root, 'own');
const working = join(root, 'working');
for (const path of [place.outside, own, working]) mkdirSync(path, { recursive: true });
writeFileSync(join(place.outside, 'canary'), CANARY);
process.chdir(working);

/** Which case is in work: read by the parent when this process is no more. */
const position = openSync(join(root, 'position'), 'w');
const mark = (index: number) => writeSync(position, `${index}`.padEnd(12), 0);

let escaped: unknown;
process.on('uncaughtException', (error) => {
  escaped = error;
});
process.on('unhandledRejection', (error) => {
  escaped = error;
});

const megabytes = () => process.memoryUsage.rss() / 2 ** 20;
const peakMegabytes = () => process.resourceUsage().maxRSS / 2 ** 10;

/** @returns what is wrong, and whether the case was taken */
async function runCase(cases: FuzzedCases, index: number): Promise<[string | undefined, boolean]> {
  rmSync(place.input, { recursive: true, force: true });
  rmSync(place.output, { recursive: true, force: true });
  mkdirSync(place.input);
  mark(index);
  await cases.make(createRandom(`${seed}/${name}/${index}`), place);
  escaped = undefined;
  const before = megabytes();
  const peak = peakMegabytes();
  const started = performance.now();
  let problem: string | undefined;
  let accepted = true;
  try {
    problem = await cases.run(place);
  } catch (error) {
    accepted = false;
    problem = complaintAbout(error, place, cases.names);
  }
  const seconds = (performance.now() - started) / 1000;
  // A peak that is no new one is not of this case.
  const used = peakMegabytes() > peak ? peakMegabytes() - before : 0;
  tally.slowestSeconds = Math.max(tally.slowestSeconds, seconds);
  tally.largestMegabytes = Math.max(tally.largestMegabytes, used);
  if (escaped !== undefined) problem ??= `escaped: ${complaintAbout(escaped, place) ?? escaped}`;
  if (seconds > (target.seconds ?? SLOWEST_SECONDS)) problem ??= `took ${seconds.toFixed(1)} s`;
  if (used > target.megabytes) problem ??= `took ${Math.round(used)} MB`;
  problem ??= traces();
  return [problem, accepted];
}

const isSlow = (problem: string): boolean => /^took [\d.]+ s$/.test(problem);

/** What was written elsewhere. */
function traces(): string | undefined {
  const unexpected = [
    ...readdirSync(join(root, 'case')).filter((it) => !['input', 'output', 'outside'].includes(it)),
    ...readdirSync(place.outside).filter((it) => it !== 'canary'),
    ...readdirSync(working),
  ];
  if (unexpected.length > 0) return `wrote elsewhere: ${unexpected.join(', ')}`;
  const canary = readFileSync(join(place.outside, 'canary'), 'utf8');
  return canary === CANARY ? undefined : 'changed a file outside of its folder';
}

function keep(index: number, problem: string): string {
  const to = join(kept, `${name}-${index}`);
  mkdirSync(to, { recursive: true });
  writeFileSync(join(to, 'problem.txt'), `${name}, seed ${seed}, case ${index}\n${problem}\n`);
  try {
    cpSync(place.input, join(to, 'input'), { recursive: true, verbatimSymlinks: true });
  } catch {
    // A pipe or a device cannot be copied; the seed makes it again.
  }
  // What it left elsewhere is not the next case's.
  rmSync(join(root, 'case'), { recursive: true, force: true });
  mkdirSync(place.outside, { recursive: true });
  writeFileSync(join(place.outside, 'canary'), CANARY);
  return to;
}

let tally: Tally = emptyTally();

async function runBatch(cases: FuzzedCases, { from, to }: Batch): Promise<Tally> {
  tally = emptyTally();
  for (let index = from; index < to; index++) {
    let [problem, accepted] = await runCase(cases, index);
    // A machine with other work can be slow once.
    if (problem !== undefined && isSlow(problem)) [problem, accepted] = await runCase(cases, index);
    tally[accepted ? 'accepted' : 'refused']++;
    if (problem !== undefined) tally.failures.push({ index, problem, kept: keep(index, problem) });
  }
  return tally;
}

const cases = await target.prepare(own);
if (single) {
  const [problem, accepted] = await runCase(cases, Number(folder));
  console.log(problem ?? (accepted ? 'taken' : 'refused as it should be'), `(${place.input})`);
  closeSync(position);
} else {
  let base: number | undefined;
  process.on('message', async (batch: Batch) => {
    const done = await runBatch(cases, batch);
    base ??= megabytes();
    process.send!({ ...done, leftMegabytes: megabytes() - base });
  });
  process.send!('ready');
}
