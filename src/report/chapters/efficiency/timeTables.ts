/** Times, memory and sizes as tables. */
import {
  type EfficiencyResult,
  type MeasuredEfficiency,
  TIMED_STEPS,
} from '../../../result/analysis/efficiency.ts';
import { METHOD_TITLES } from '../../../result/methodTitle.ts';
import { numberCell, type Table } from '../../tables/table.ts';
import type { StageTime } from './stageTimes.ts';

const RIGHT = 'right' as const;

/** Median and 95th percentile of every step. */
export function stepTable(timed: readonly MeasuredEfficiency[]): Table {
  return {
    id: 'step-times',
    title: 'Milliseconds an image, step by step',
    note: 'Median, and after the stroke what 95% of the images stay within; each step in a session of its own.',
    columns: [
      { title: 'Category' },
      { title: 'Method' },
      ...TIMED_STEPS.map((step) => ({ title: step, align: RIGHT })),
      { title: 'Images', align: RIGHT },
    ],
    rows: timed.map(({ category, method, steps }) => [
      category,
      METHOD_TITLES[method],
      ...TIMED_STEPS.map((step) => {
        const found = steps.data.find((own) => own.step === step);
        return found === undefined
          ? numberCell(null, 1, { reason: 'not timed' })
          : `${found.p50.toFixed(1)} / ${found.p95.toFixed(1)}`;
      }),
      numberCell(steps.data[0]?.n ?? null, 0, { reason: 'not timed' }),
    ]),
  };
}

/** The whole model in one session. */
export function latencyTable(timed: readonly MeasuredEfficiency[]): Table {
  const megabytes = (bytes: number) => numberCell(bytes / 1e6, 0);
  return {
    id: 'latency-model',
    title: 'The whole model as it is run',
    note: 'Milliseconds an image in one session, decoding aside; p95 is what 95% of the images stay within, interpolated between the two nearest. Memory is the resident size of the process in MB: before the model was opened, after, and the most since.',
    columns: [
      { title: 'Category' },
      { title: 'Method' },
      ...['p50', 'p95', 'p99', 'Slowest', 'Images', 'Open, ms'].map((title) => ({
        title,
        align: RIGHT,
      })),
      ...['Before, MB', 'Opened, MB', 'Peak, MB'].map((title) => ({
        title,
        align: RIGHT,
      })),
    ],
    rows: timed.map(({ category, method, inspect, open, memory }) => [
      category,
      METHOD_TITLES[method],
      numberCell(inspect.p50, 1),
      numberCell(inspect.p95, 1),
      numberCell(inspect.p99, 1),
      numberCell(inspect.slowest, 1),
      numberCell(inspect.n, 0),
      numberCell(open, 0),
      megabytes(memory.before),
      megabytes(memory.opened),
      megabytes(memory.peak),
    ]),
  };
}

export function modelSizeTable(models: readonly EfficiencyResult[]): Table {
  return {
    id: 'model-sizes',
    title: 'What a model is made of',
    note: 'The file holds resizing, backbone, embedding, search and map.',
    columns: [
      { title: 'Category' },
      { title: 'Method' },
      ...['File, MB', 'Input, pixels', 'Patches', 'Embedding', 'Rows of the bank'].map((title) => ({
        title,
        align: RIGHT,
      })),
    ],
    rows: models.map(({ category, method, model }) => [
      category,
      METHOD_TITLES[method],
      numberCell(model.bytes / 1e6, 1),
      numberCell(model.crop, 0),
      numberCell(model.grid[0] * model.grid[1], 0),
      numberCell(model.dimension, 0),
      model.bankRows === null ? 'a Gaussian a patch' : numberCell(model.bankRows, 0),
    ]),
  };
}

export function stageTable(stages: readonly StageTime[]): Table {
  return {
    id: 'stage-times',
    title: 'Jobs by stage',
    note: 'As measured when each job ran. Memory is the most that any job of the stage had in use; kept is what its results take in the cache.',
    columns: [
      { title: 'Stage' },
      ...['Jobs', 'Seconds', 'Memory, MB', 'Kept, MB'].map((title) => ({ title, align: RIGHT })),
    ],
    rows: stages.map(({ stage, jobs, seconds, peakBytes, bytes }) => [
      stage,
      numberCell(jobs, 0),
      numberCell(seconds, 1),
      numberCell(peakBytes / 1e6, 0),
      numberCell(bytes / 1e6, 1),
    ]),
  };
}
