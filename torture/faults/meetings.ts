/** Two processes that write to the same place at the same time. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireIntactBytes } from '../../src/detector/inspector/requireIntact.ts';
import { verifyJournal } from '../../src/journal/verifyJournal.ts';
import { complaintAbout, MAIN, runProcess } from './runProcess.ts';
import { faultRow, makeWork, type Situation } from './situation.ts';

interface Meeting {
  readonly name: string;
  readonly args: readonly string[];
  readonly needs: readonly string[];
  /** Whether both may succeed, or one is told that the place is taken. */
  readonly both: boolean;
  readonly check: (work: string) => Promise<void> | void;
}

const GOOD = 'data/hazelnut/test/good';

const intact = (file: string) => (work: string) => {
  const path = join(work, file);
  requireIntactBytes(readFileSync(path), path);
};

const isWholeSet = (work: string) => {
  const found = readdirSync(join(work, 'set/hazelnut/train/good')).length;
  if (found !== 12) throw new Error(`${found} of 12 images`);
};

const MEETINGS: readonly Meeting[] = [
  {
    name: 'fit',
    args: ['fit', 'data', '-o', 'model.onnx', '--resize', '64'],
    needs: ['data'],
    both: true,
    check: intact('model.onnx'),
  },
  {
    name: 'export',
    args: ['export', 'model.onnx', GOOD, '--half'],
    needs: ['data', 'model.onnx'],
    both: true,
    check: intact('model-half.onnx'),
  },
  {
    name: 'dataset synth',
    args: ['dataset', 'synth', '--out', 'set', '--size', '64', '--count', '12'],
    needs: [],
    both: false,
    check: isWholeSet,
  },
  {
    name: 'import',
    args: ['import', 'data', '--format', 'mvtec', '--out', 'set'],
    needs: ['data'],
    both: false,
    check: isWholeSet,
  },
  {
    name: 'predict --journal',
    args: ['predict', 'model.onnx', GOOD, '--journal', 'line.jsonl'],
    needs: ['data', 'model.onnx'],
    both: false,
    async check(work) {
      const { broken, tornBytes } = await verifyJournal(join(work, 'line.jsonl'));
      if (broken !== null || tornBytes > 0) throw new Error('the journal is broken');
    },
  },
  {
    name: 'update of one model',
    args: ['update', 'model.onnx', 'new/hazelnut/train/good'],
    needs: ['new', 'model.onnx'],
    both: false,
    check: intact('model.onnx'),
  },
  {
    name: 'report',
    args: ['report', 'run', '--format', 'tables'],
    needs: ['run'],
    both: true,
    check(work) {
      const tables = readdirSync(join(work, 'run/report/tables')).length;
      if (tables === 0) throw new Error('no tables');
    },
  },
  {
    name: 'study',
    args: ['study', 'study.yaml', '--workers', '1', '--out', 'run', '--quiet'],
    needs: ['study.yaml'],
    both: true,
    check(work) {
      JSON.parse(readFileSync(join(work, 'run/result.json'), 'utf8'));
      JSON.parse(readFileSync(join(work, 'run/manifest.json'), 'utf8'));
    },
  },
];

export const meetings: Situation = async ({ base, work, share, signal }) => {
  const problems: string[] = [];
  const chosen = MEETINGS.slice(0, Math.ceil(MEETINGS.length * share));
  for (const { name, args, needs, both, check } of chosen) {
    makeWork(base, work, needs);
    const start = () => runProcess({ command: [MAIN, ...args], cwd: work, signal });
    const ends = await Promise.all([start(), start()]);
    const succeeded = ends.filter(({ code }) => code === 0).length;
    const tell = (problem: string) => problems.push(`${name}: ${problem}`);
    if (succeeded < (both ? 2 : 1)) tell(ends.map(({ stderr }) => stderr.slice(-300)).join(' / '));
    for (const problem of ends.map(complaintAbout)) if (problem !== undefined) tell(problem);
    try {
      await check(work);
    } catch (error) {
      tell(String(error));
    }
    const left = readdirSync(work, { recursive: true, encoding: 'utf8' }).filter((path) =>
      /\.(partial|replaced)-|\.lock$/.test(path),
    );
    if (left.length > 0) tell(`left ${left.join(', ')}`);
  }
  const names = chosen.map(({ name }) => name).join(', ');
  const held = `${names}: both did it, or one was told that the place is taken; what was written is whole, and nothing was left over`;
  return [faultRow('two processes that write to one place', chosen.length, problems, held)];
};
