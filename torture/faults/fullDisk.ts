/** A disk that is really full: a file system in memory of a few hundred kilobytes. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { complaintAbout, MAIN, runProcess } from './runProcess.ts';
import { faultRow, makeWork, type Situation } from './situation.ts';

const WHAT = 'a file system that is too small for what is written';
const GOOD = 'data/hazelnut/test/good';

/** What each writes below `small`, and how much room it gets in KB: more than nothing, too little. */
const COMMANDS: readonly { readonly room: number; readonly args: readonly string[] }[] = [
  { room: 64, args: ['fit', 'data', '-o', 'small/model.onnx', '--resize', '64'] },
  { room: 64, args: ['export', 'model.onnx', GOOD, '--half', '-o', 'small/half.onnx'] },
  { room: 256, args: ['dataset', 'synth', '--out', 'small/set', '--size', '64', '--count', '9'] },
  { room: 128, args: ['import', 'data', '--format', 'mvtec', '--out', 'small/set'] },
  { room: 256, args: ['study', 'study.yaml', '--workers', '1', '--out', 'small/run'] },
  { room: 64, args: ['report', 'run', '--format', 'tables', '--out', 'small/report'] },
  { room: 64, args: ['predict', 'model.onnx', GOOD, '--out', 'small/maps'] },
];

export const fullDisk: Situation = async ({ base, work, share, signal }) => {
  makeWork(base, work, ['data', 'model.onnx', 'study.yaml', 'run']);
  const small = join(work, 'small');
  const problems: string[] = [];
  let count = 0;
  for (const { room, args } of COMMANDS.slice(0, Math.ceil(COMMANDS.length * share))) {
    mkdirSync(small, { recursive: true });
    const options = ['-t', 'tmpfs', '-o', `size=${room}k`, 'tmpfs', small];
    if (spawnSync('mount', options).status !== 0) {
      const why = 'not done: this user may not mount; injected failures stand for it';
      return [faultRow(WHAT, 0, [], why)];
    }
    try {
      const ended = await runProcess({ command: [MAIN, ...args], cwd: work, signal });
      count++;
      const problem =
        ended.code === 4 ? complaintAbout(ended) : `exit code ${ended.code}: ${ended.stderr}`;
      if (problem !== undefined) problems.push(`${args.slice(0, 2).join(' ')}: ${problem}`);
      const left = readdirSync(small).filter((name) => name.includes('.partial-'));
      if (left.length > 0) problems.push(`${args.slice(0, 2).join(' ')}: left ${left.join(', ')}`);
    } finally {
      spawnSync('umount', [small]);
    }
  }
  const held = 'each ended with exit code 4 and what to do, and left nothing half written';
  return [faultRow(WHAT, count, problems, held)];
};
