/** Hands a result to the tools that track experiments, as far as the configuration asks for it. */
import { join, relative } from 'node:path';
import type { RunControl } from '../../core/progress.ts';
import type { StudyResult } from '../../result/result.ts';
import { sendToMlflow } from '../../tracking/sendToMlflow.ts';
import { writeTensorboard } from '../../tracking/writeTensorboard.ts';
import type { StudyConfig } from '../config/studyConfig.ts';
import { trackedRun } from './trackedRun.ts';

/** @returns the files written, relative to the run's folder */
export async function trackResult(
  out: string,
  result: StudyResult,
  { tensorboard, mlflow }: StudyConfig['outputs'],
  times: { readonly startedAt: number; readonly endedAt: number },
  control: RunControl,
): Promise<string[]> {
  if (!tensorboard && mlflow === null) return [];
  const run = trackedRun(result, times);
  const files = tensorboard
    ? [relative(out, await writeTensorboard(join(out, 'outputs', 'tensorboard'), run))]
    : [];
  if (mlflow !== null) await sendToMlflow(mlflow, run, control);
  return files;
}
