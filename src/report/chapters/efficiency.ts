/** Chapter 12: time, memory and size. */

import { listed } from '../../core/listed.ts';
import { type MeasuredStudy, readMeasured } from '../../result/measured.ts';
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { StudyResult } from '../../result/result.ts';
import { METHODS } from '../../result/scenario.ts';
import { coresetTradePlot } from '../plots/coresetTradePlot.ts';
import { latencyPlot } from '../plots/latencyPlot.ts';
import type { Block, Chapter } from '../report.ts';
import type { ChapterInput } from './chapterInput.ts';
import { jobTimesPlot } from './efficiency/jobTimesPlot.ts';
import { stageTimes } from './efficiency/stageTimes.ts';
import { latencyTable, modelSizeTable, stageTable, stepTable } from './efficiency/timeTables.ts';

export function efficiency({ result }: ChapterInput): Chapter | null {
  const measured = readMeasured(result.measured);
  const models = result.analysis.efficiency ?? [];
  const timed = measured.analysis.efficiency;
  const stages = stageTimes(measured.jobs);
  if (models.length + timed.length + stages.length === 0) return null;
  const blocks: Block[] = [];
  if (timed.length > 0) {
    blocks.push(
      { kind: 'plot', plot: latencyPlot(timed) },
      { kind: 'table', table: stepTable(timed) },
      { kind: 'table', table: latencyTable(timed) },
      { kind: 'prose', tone: 'note', text: timingNote(measured) },
    );
  }
  if (models.length > 0) blocks.push({ kind: 'table', table: modelSizeTable(models) });
  const trade = coresetTradePlot(models, timed);
  if (trade !== null) blocks.push({ kind: 'plot', plot: trade });
  if (stages.length > 0) {
    blocks.push(
      { kind: 'heading', text: 'The study itself' },
      { kind: 'plot', plot: jobTimesPlot(stages) },
      { kind: 'table', table: stageTable(stages) },
    );
  }
  const lead = leadOf(result, measured);
  return { id: 'efficiency', number: '12', title: 'Time, memory and size', lead, blocks };
}

function leadOf(result: StudyResult, { analysis, jobs, machine }: MeasuredStudy): string {
  const where = machine === undefined ? '' : ` (${machine.cpu}, ${machine.cores} cores)`;
  const perMethod = METHODS.flatMap((method) => {
    const totals = analysis.efficiency
      .filter((own) => own.method === method)
      .flatMap(({ inspect }) => inspect);
    if (totals.length === 0) return [];
    const medians = totals.map(({ p50 }) => p50);
    const slow = Math.max(...totals.map(({ p95 }) => p95));
    return [
      `${range(medians)} ms with ${METHOD_TITLES[method]} (95% within ${Math.ceil(slow)} ms)`,
    ];
  });
  if (perMethod.length > 0) {
    return `To inspect an image once it is decoded takes ${listed(perMethod)} on the machine of this study${where}: medians, by category. A model is one file of ${sizes(result)}.`;
  }
  const seconds = jobs.reduce((sum, job) => sum + job.seconds, 0);
  return seconds > 0
    ? `The jobs of this study took ${duration(seconds)} of work together${where}; the time of a single image was not measured.`
    : `The time of a single image was not measured in this study. A model is one file of ${sizes(result)}.`;
}

const range = (values: readonly number[]): string => {
  const [least, most] = [Math.min(...values), Math.max(...values)].map((value) =>
    Math.round(value),
  );
  return least === most ? `${least}` : `${least} to ${most}`;
};

function sizes({ analysis, models }: StudyResult): string {
  const efficient = (analysis.efficiency ?? []).map(({ model }) => model.bytes);
  const bytes = efficient.length > 0 ? efficient : models.map((model) => model.bytes);
  if (bytes.length === 0) return 'a size that was not recorded';
  return `${range(bytes.map((size) => size / 1e6))} MB, its backbone included`;
}

/** `75 s`, `12 minutes`, `2.4 hours`. */
export function duration(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7200
    ? `${Math.round(seconds / 60)} minutes`
    : `${(seconds / 3600).toFixed(1)} hours`;
}

function timingNote({ analysis }: MeasuredStudy): string {
  const images = analysis.efficiency.map(({ inspect }) => inspect.n);
  const threads = analysis.efficiency.map((own) => own.threads);
  return `Measured on ${range(images)} images with ${range(threads)} thread${threads.every((n) => n === 1) ? '' : 's'}, nothing else of the study being at work; what else the machine did is not known. Steps are timed in sessions of their own, so that their sum need not be what the whole model takes in one. Times are of this machine alone, and differ from run to run.`;
}
