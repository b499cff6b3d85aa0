/** Data, models, a journal and a run, as small as they can be: what commands under attack begin with. */
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LEAST_STUDY, SMALL_STUDY } from '../fresh/smallStudy.ts';
import { MAIN, runProcess } from './runProcess.ts';

const GOOD = 'data/hazelnut/test/good';

export async function prepareBase(base: string, signal: AbortSignal): Promise<void> {
  mkdirSync(base);
  const flawmap = async (...args: string[]) => {
    const ended = await runProcess({ command: [MAIN, ...args, '--quiet'], cwd: base, signal });
    if (ended.code !== 0) throw new Error(`flawmap ${args.join(' ')}: ${ended.stderr}`);
  };
  const size = ['--size', '64'];
  await flawmap('dataset', 'synth', '--out', 'data', ...size, '--count', '12');
  await flawmap('dataset', 'synth', '--out', 'new', ...size, '--count', '26', '--seed', '9');
  for (const set of ['data', 'new']) {
    for (const other of ['carpet', 'zipper']) rmSync(join(base, set, other), { recursive: true });
  }
  rmSync(join(base, 'new/hazelnut/test'), { recursive: true });
  await flawmap('fit', 'data', '-o', 'model.onnx', '--resize', '64');
  copyFileSync(join(base, 'model.onnx'), join(base, 'updated.onnx'));
  await flawmap('update', 'updated.onnx', 'new/hazelnut/train/good');
  const images = [0, 1].map((i) => `${GOOD}/00${i}.png`);
  await flawmap('predict', 'model.onnx', ...images, '--journal', 'line.jsonl');
  writeFileSync(join(base, 'study.yaml'), SMALL_STUDY);
  writeFileSync(join(base, 'least.yaml'), LEAST_STUDY);
  await flawmap('study', 'study.yaml', '--out', 'run');
  rmSync(join(base, 'cache'), { recursive: true });
}
