/** A run as an event file for TensorBoard. */
import { join } from 'node:path';
import { writeFileAtomic } from '../core/atomicFile.ts';
import { type EventContent, eventFile } from './eventFile.ts';
import type { TrackedRun } from './trackedRun.ts';

/** TensorBoard reads what has `tfevents` in its name. */
const FILE_NAME = 'events.out.tfevents.flawmap';

/**
 * Writes `events.out.tfevents.flawmap`: a curve for each metric's tag and the parameters as a
 * table of text. An earlier run's file is replaced: TensorBoard would join the two to one curve.
 * @returns the file's path
 */
export async function writeTensorboard(folder: string, run: TrackedRun): Promise<string> {
  const wallTime = run.endedAt / 1000;
  const metrics = [...run.metrics]
    // A step behind another of its tag would be taken for a restart and hide what came before.
    .sort((a, b) => a.step - b.step)
    .map((metric): EventContent => ({ wallTime, ...metric }));
  const parameters = { wallTime, step: 0, tag: 'parameters', value: parameterTable(run) };
  const path = join(folder, FILE_NAME);
  await writeFileAtomic(path, eventFile(run.startedAt / 1000, [parameters, ...metrics]));
  return path;
}

/** In Markdown. */
function parameterTable({ name, params }: TrackedRun): string {
  const rows = Object.entries({ name, ...params }).map(
    ([key, value]) => `| ${inCell(key)} | ${inCell(String(value))} |`,
  );
  return ['| parameter | value |', '|---|---|', ...rows].join('\n');
}

const inCell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
