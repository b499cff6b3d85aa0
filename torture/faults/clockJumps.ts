/** A clock that jumps by hours, days and years, forwards and backwards, each time it is asked. */
import { join } from 'node:path';
import { verifyJournal } from '../../src/journal/verifyJournal.ts';
import { MAIN, runProcess } from './runProcess.ts';
import { faultRow, makeWork, type Situation } from './situation.ts';
import { contentAt, treeOf } from './tree.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const CLOCKS = [
  { name: 'an hour forwards and back', clock: [0, HOUR] },
  { name: 'back by a year', clock: [0, 0, 0, -365 * DAY] },
  { name: 'to and fro by days', clock: [DAY, -3 * DAY, 40 * DAY, 0, -DAY] },
  { name: 'in 1970', clock: [-56 * 365 * DAY] },
];

const GOOD = 'data/hazelnut/test/good';
const COMMANDS: readonly (readonly string[])[] = [
  ['fit', 'data', '-o', 'new.onnx', '--resize', '64'],
  ['update', 'model.onnx', 'new/hazelnut/train/good'],
  ['predict', 'new.onnx', GOOD, '--journal', 'line.jsonl'],
  ['study', 'study.yaml', '--workers', '1', '--out', 'run', '--quiet'],
];
/** The same whatever the time is. */
const SAME = ['new.onnx', 'model.onnx', 'run/pictures', 'run/outputs/models'];

export const clockJumps: Situation = async ({ base, work, share, signal }) => {
  const needs = ['data', 'new', 'model.onnx', 'line.jsonl', 'study.yaml'];
  const problems: string[] = [];
  const runAll = async (name: string, clock: readonly number[]) => {
    makeWork(base, work, needs);
    for (const args of COMMANDS) {
      const fault = { root: join(work, 'nowhere'), at: 0, kind: 'EIO', clock } as const;
      const ended = await runProcess({ command: [MAIN, ...args], cwd: work, signal, fault });
      if (ended.code !== 0) problems.push(`${args[0]}, ${name}: ${ended.stderr.slice(-500)}`);
    }
    const { broken } = await verifyJournal(join(work, 'line.jsonl'));
    if (broken !== null) problems.push(`${name}: the journal breaks at line ${broken.line}`);
    const tree = treeOf(work);
    return SAME.map((place) => contentAt(tree, place));
  };
  const usual = await runAll('the usual clock', [0]);
  const clocks = CLOCKS.slice(0, Math.ceil(CLOCKS.length * share));
  for (const { name, clock } of clocks) {
    const found = await runAll(name, clock);
    const other = SAME.filter((_, i) => found[i] !== usual[i]);
    if (other.length > 0) problems.push(`${name}: ${other.join(', ')} differ`);
  }
  const held = `fit, update, predict --journal and study each with a clock ${clocks.map(({ name }) => name).join('; ')}: models and pictures are the same to the byte, and the journal is sound`;
  return [faultRow('clock jumps', clocks.length * COMMANDS.length, problems, held)];
};
