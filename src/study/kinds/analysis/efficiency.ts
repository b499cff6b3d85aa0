/** `analysis-efficiency`: what a model file takes, for one category and method. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sample } from '../../../data/dataset.ts';
import { readInspectorMetadata } from '../../../detector/inspector/inspector.ts';
import { STEP_NAMES } from '../../../detector/inspector/stageInspector.ts';
import { timeInspector, timeSteps } from '../../../inspection/evaluation/timeInspector.ts';
import type { JobContext, Kind } from '../../../pipeline/kind.ts';
import { watchPeakMemory } from '../../../pipeline/peakMemory.ts';
import type { EfficiencyResult, MeasuredEfficiency } from '../../../result/analysis/efficiency.ts';
import { sessionThreads } from '../../../tensor/session/session.ts';
import {
  coresetSentence,
  stepsSentence,
  timedCoresetSentence,
} from '../../analysis/efficiency/efficiencySentences.ts';
import { latencyOf } from '../../analysis/efficiency/latencyOf.ts';
import { writeJson } from '../../artifacts/binaryFile.ts';
import { conditionSamples } from '../condition.ts';
import { MODEL } from '../model.ts';
import { MEASURED, RESULT } from '../scenario.ts';
import type { EfficiencyOptions } from './efficiencyOptions.ts';
import { type TimedLevel, timeCoresets } from './timeCoresets.ts';

export const efficiencyKind: Kind = {
  name: 'analysis-efficiency',
  version: 1,
  async run(context: JobContext<EfficiencyOptions>) {
    const { options, inputs, folder } = context;
    const file = join(inputs[options.model]!, MODEL);
    const samples = await conditionSamples(context);
    // First, before anything large has been in memory.
    const measured = await timeModel(file, spreadOut(samples, options.timed), context);
    const levels =
      options.coreset === null ? null : await timeCoresets(context, options.coreset, samples);
    await writeJson(join(folder, RESULT), await resultOf(file, options, levels));
    const coreset = levels === null ? null : timedFigure(levels);
    await writeJson(join(folder, MEASURED), { ...measured, coreset } satisfies MeasuredEfficiency);
  },
};

async function timeModel(
  file: string,
  images: readonly Sample[],
  { options: { category, method }, control }: JobContext<EfficiencyOptions>,
): Promise<Omit<MeasuredEfficiency, 'coreset'>> {
  const peakBytes = watchPeakMemory();
  const before = process.memoryUsage.rss();
  const { open, openedBytes, inspect } = await timeInspector(file, images, control);
  const memory = { before, opened: openedBytes, peak: peakBytes() };
  const times = await timeSteps(file, images, control);
  const steps = (['decode', ...STEP_NAMES, 'total'] as const).map((step) => ({
    step,
    ...latencyOf(times.map((time) => time[step])),
  }));
  return {
    category,
    method,
    threads: sessionThreads(),
    steps: { title: 'Time for an image', sentence: stepsSentence(steps), data: steps },
    inspect: latencyOf(inspect),
    open,
    memory,
  };
}

async function resultOf(
  file: string,
  { category, method, seed }: EfficiencyOptions,
  levels: readonly TimedLevel[] | null,
): Promise<EfficiencyResult> {
  const { detector, preprocessing, embedding } = await readInspectorMetadata(file);
  const data = levels?.map(({ milliseconds: _, ...level }) => level) ?? null;
  const patchcore = detector.method === 'patchcore' ? detector : null;
  return {
    category,
    method,
    seed,
    model: {
      bytes: (await stat(file)).size,
      resize: preprocessing.resize,
      crop: preprocessing.crop,
      grid: [embedding.grid[0], embedding.grid[1]],
      dimension: embedding.dimension,
      bankRows: patchcore?.bank.rows ?? null,
      search: patchcore?.search ?? null,
    },
    coreset: data && {
      title: 'Size of the coreset',
      sentence: coresetSentence(data),
      data,
    },
  };
}

function timedFigure(levels: readonly TimedLevel[]): MeasuredEfficiency['coreset'] {
  const data = levels.map(({ share, rows, imageAuroc, milliseconds }) => ({
    share,
    rows,
    imageAuroc,
    search: latencyOf(milliseconds),
  }));
  return { title: 'Size of the coreset and time', sentence: timedCoresetSentence(data), data };
}

/** Evenly over all of them, which lie sorted by defect type. */
function spreadOut<T>(items: readonly T[], count: number): T[] {
  const taken = Math.min(count, items.length);
  return Array.from({ length: taken }, (_, i) => items[Math.floor((i * items.length) / taken)]!);
}
