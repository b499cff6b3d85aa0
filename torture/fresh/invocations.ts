/** Every command of the program, as somebody would use it who has nothing but an empty folder. */
import { COMMAND_NAMES } from '../../src/cli/commands.ts';

export interface Invocation {
  /** As in `flawmap --help`. */
  readonly name: string;
  readonly args: readonly string[];
  /** What it may end with; 0 alone unless said otherwise. */
  readonly codes?: readonly number[];
  /** It goes on until it is told to stop: once it has said this. */
  readonly until?: RegExp;
}

const GOOD = 'data/hazelnut/test/good';
const MODEL = 'part.onnx';

/** In an order in which each finds what those before it have made. */
export const INVOCATIONS: readonly Invocation[] = [
  { name: 'doctor', args: ['doctor'] },
  { name: 'backbone list', args: ['backbone', 'list'] },
  { name: 'backbone inspect', args: ['backbone', 'inspect', 'filterbank'] },
  // Neither can be reached where only the registry can; then it says what to do.
  { name: 'backbone pull', args: ['backbone', 'pull', 'resnet50-v2'], codes: [0, 4] },
  {
    name: 'dataset download',
    args: ['dataset', 'download', 'mvtec-ad', '--category', 'bottle', '--accept-licence'],
    codes: [0, 4],
  },
  {
    name: 'dataset synth',
    args: ['dataset', 'synth', '--out', 'data', '--size', '64', '--count', '12'],
  },
  { name: 'dataset verify', args: ['dataset', 'verify', 'data'] },
  { name: 'explore', args: ['explore', 'data', '--category', 'hazelnut', '--out', 'look'] },
  { name: 'audit', args: ['audit', 'data', '--category', 'hazelnut', '--out', 'audit'] },
  { name: 'fit', args: ['fit', 'data', '--category', 'hazelnut', '-o', MODEL, '--resize', '64'] },
  {
    name: 'predict',
    args: ['predict', MODEL, GOOD, '--out', 'maps', '--journal', 'line.jsonl'],
  },
  { name: 'log verify', args: ['log', 'verify', 'line.jsonl'] },
  { name: 'evaluate', args: ['evaluate', MODEL, 'data', '--category', 'hazelnut'] },
  { name: 'drift', args: ['drift', MODEL, GOOD], codes: [0, 1] },
  { name: 'recalibrate', args: ['recalibrate', MODEL, GOOD] },
  { name: 'history', args: ['history', MODEL] },
  {
    name: 'update',
    args: ['update', MODEL, 'data/hazelnut/train/good', GOOD, '--fpr', '0.3'],
    codes: [0, 3],
  },
  { name: 'compare', args: ['compare', MODEL, MODEL, 'data', '--category', 'hazelnut'] },
  { name: 'export', args: ['export', MODEL, GOOD, '--half'] },
  {
    name: 'shift',
    args: ['shift', 'data', '--category', 'hazelnut', '--lamp', 'a', '--out', 'shifted'],
  },
  { name: 'import', args: ['import', 'data', '--format', 'mvtec', '--out', 'imported'] },
  { name: 'serve', args: ['serve', MODEL, '--port', '0', '--workers', '1'], until: /http:\/\// },
  { name: 'watch', args: ['watch', 'incoming', MODEL], until: /incoming/ },
  // No Redis server is there: it says so.
  {
    name: 'worker',
    args: ['worker', '--queue', 'redis://127.0.0.1:1', '--store', 'store'],
    codes: [4],
  },
  { name: 'study', args: ['study', 'study.yaml', '--out', 'run'] },
  { name: 'report', args: ['report', 'run', '--format', 'html,tables'] },
  { name: 'simulate', args: ['simulate', 'study.yaml', '--run', 'run', '--workers', '1,4'] },
  { name: 'plant', args: ['plant', 'run', '--parts-per-day', '20000', '--defect-rate', '0.01'] },
  // Minutes of the same work again: that it is on its way is enough here.
  { name: 'demo', args: ['demo', '--out', 'demo'], until: /running jobs/ },
];

/** Commands that are not tried above: there should be none. */
export const untriedCommands = (): readonly string[] => {
  const tried = new Set(INVOCATIONS.map(({ name }) => name));
  return COMMAND_NAMES.filter((name) => !tried.has(name));
};
