/** The answer, before the chapters: a verdict for each category, what the shift costs, what repairs it. */

import { counted, listed } from '../../core/listed.ts';
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { StudyResult } from '../../result/result.ts';
import { SCENARIOS } from '../../result/scenario.ts';
import { type CategoryAnswer, categoryAnswer, type Tone } from '../answer/categoryAnswer.ts';
import { macroOf, methodsOf, scenariosOf } from '../answer/scenarioOf.ts';
import type { Plot } from '../plots/plot.ts';
import type { HeatCell } from '../plots/scenarioHeatmap.ts';
import { scenarioHeatmap } from '../plots/scenarioHeatmap.ts';
import type { Block, Chapter } from '../report.ts';
import { withInterval } from '../wording/withInterval.ts';
import type { ChapterInput } from './chapterInput.ts';
import { headlineTable } from './headlineTable.ts';
import { repairPlot } from './repairPlot.ts';
import { plotBlocks } from './scenarioPlots.ts';
import { studyLimits } from './studyLimits.ts';

export function summary({ result }: ChapterInput): Chapter | null {
  const answers = result.categories.flatMap(({ name }) => categoryAnswer(result, name) ?? []);
  if (answers.length === 0) return null;
  return {
    id: 'summary',
    number: null,
    title: 'The answer',
    lead: leadOf(result, answers),
    blocks: [
      {
        kind: 'verdicts',
        verdicts: answers.map(({ category, tone, text }) => ({ subject: category, tone, text })),
      },
      ...plotBlocks(repairPlot(result)),
      { kind: 'table', table: headlineTable(result) },
      ...plotBlocks(heatmap(result)),
      ...studyLimits(result).map((text): Block => ({ kind: 'prose', tone: 'note', text })),
    ],
  };
}

/** Of one category, and of several. */
const TONE_WORDS: Readonly<Record<Tone, readonly [string, string]>> = {
  good: ['can be relied on as it is', 'can be relied on as they are'],
  caution: ['calls for caution', 'call for caution'],
  bad: ['cannot be relied on as it is', 'cannot be relied on as they are'],
  unknown: ['is not known well enough', 'are not known well enough'],
};

function leadOf(result: StudyResult, answers: readonly CategoryAnswer[]): string {
  const verdicts = (['good', 'caution', 'bad', 'unknown'] as const).flatMap((tone) => {
    const count = answers.filter((answer) => answer.tone === tone).length;
    return count === 0 ? [] : [`${count} ${TONE_WORDS[tone][count === 1 ? 0 : 1]}`];
  });
  const means = methodsOf(result).flatMap((method) => {
    const told = (
      [
        ['clean', 'on clean images'],
        ['shift-none', 'under the shift'],
        ['shift-full', 'fitted anew under it'],
      ] as const
    ).flatMap(([scenario, words]) => {
      const auroc = macroOf(result, scenario, method)?.image_auroc;
      return auroc === undefined || auroc.value === null ? [] : [`${withInterval(auroc)} ${words}`];
    });
    return told.length === 0 ? [] : [`${METHOD_TITLES[method]} ${listed(told)}`];
  });
  const of = counted(answers.length, 'category', 'categories');
  const mean = means.length === 0 ? '' : ` Mean image AUROC: ${means.join('; ')}.`;
  return `Of ${of}, ${listed(verdicts)}.${mean}`;
}

const SHORT: Readonly<Record<(typeof SCENARIOS)[number], string>> = {
  clean: 'Clean',
  'shift-none': 'Not adapted',
  'shift-threshold': 'New threshold',
  'shift-full': 'Fitted anew',
};

function heatmap(result: StudyResult): Plot | null {
  const cells = SCENARIOS.flatMap((scenario) =>
    scenariosOf(result, scenario).flatMap(({ category, method, metrics }): HeatCell[] => {
      const value = metrics.image_auroc?.value ?? null;
      return value === null ? [] : [{ panel: category, method, scenario: SHORT[scenario], value }];
    }),
  );
  if (cells.length === 0) return null;
  const least = cells.reduce((a, b) => (b.value < a.value ? b : a));
  const sentence = `Means over seeds; 0.5 and below are drawn alike, as chance. A new threshold ranks images as the old one did. Lowest: ${least.panel}, ${METHOD_TITLES[least.method]}, ${least.scenario.toLowerCase()}, ${least.value.toFixed(3)}.`;
  return scenarioHeatmap(
    { id: 'auroc-by-scenario', title: 'Image AUROC by method and scenario', sentence },
    cells,
    'Image AUROC',
  );
}
