/** Files that are cut short or written over while they are read. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireIntactBytes } from '../../src/detector/inspector/requireIntact.ts';
import { complaintAbout, MAIN, runProcess } from './runProcess.ts';
import { faultRow, makeWork, type Situation } from './situation.ts';

const GOOD = 'data/hazelnut/test/good';

const COMMANDS: readonly { readonly args: readonly string[]; readonly needs: readonly string[] }[] =
  [
    { args: ['fit', 'data', '-o', 'new.onnx', '--resize', '64'], needs: ['data'] },
    { args: ['predict', 'model.onnx', GOOD, '--json'], needs: ['data', 'model.onnx'] },
    {
      args: ['update', 'updated.onnx', 'new'],
      needs: ['new', 'updated.onnx', 'updated.onnx.versions'],
    },
    { args: ['import', 'data', '--format', 'mvtec', '--out', 'set'], needs: ['data'] },
    { args: ['report', 'run', '--format', 'tables'], needs: ['run'] },
  ];

/** Of each command, which of its readings are hit. */
const READINGS = [1, 2, 3, 5, 8, 13, 21];

export const changingFiles: Situation = async ({ base, work, share, signal }) => {
  const problems: string[] = [];
  let count = 0;
  let refused = 0;
  const readings = READINGS.slice(0, Math.ceil(READINGS.length * share));
  for (const { args, needs } of COMMANDS) {
    for (const kind of ['truncate', 'overwrite'] as const) {
      for (const at of readings) {
        makeWork(base, work, needs);
        const ended = await runProcess({
          ...{ command: [MAIN, ...args], cwd: work, signal },
          fault: { root: work, at, kind },
        });
        count++;
        if (ended.code !== 0) refused++;
        const problem = complaintAbout(ended) ?? damageIn(work);
        if (problem !== undefined) problems.push(`${args[0]}, ${kind} ${at}: ${problem}`);
      }
    }
  }
  const held = `${refused} refused and said why, ${count - refused} went on without the file or with what it was; no file of flawmap's own is damaged or half written`;
  return [faultRow('a file cut short or written over while it is read', count, problems, held)];
};

function damageIn(work: string): string | undefined {
  const partial = readdirSync(work).find((name) => name.includes('.partial-'));
  if (partial !== undefined) return `${partial} is left behind`;
  const made = join(work, 'new.onnx');
  try {
    if (existsSync(made)) requireIntactBytes(readFileSync(made), made);
    return undefined;
  } catch (error) {
    return String(error);
  }
}
