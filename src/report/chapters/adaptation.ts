/** Chapter 08: the shift met with a new threshold, a new fit, and K pictures (the ladder). */

import { counted, listed } from '../../core/listed.ts';
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { StudyResult } from '../../result/result.ts';
import type { ScenarioResult } from '../../result/scenario.ts';
import { macroOf, methodsOf, scenariosOf } from '../answer/scenarioOf.ts';
import { sufficientPictures } from '../answer/sufficientPictures.ts';
import { type IntervalDot, intervalDots } from '../plots/intervalDots.ts';
import type { Plot } from '../plots/plot.ts';
import type { Block, Chapter } from '../report.ts';
import { scenarioTable } from '../tables/scenarioTable.ts';
import type { Table } from '../tables/table.ts';
import { describeRecovery, type RecoveryWords } from '../wording/describeRecovery.ts';
import { METRIC_TITLES, type TitledMetric } from '../wording/metricTitles.ts';
import { SCENARIO_TITLES } from '../wording/scenarioTitles.ts';
import { fixed } from '../wording/withInterval.ts';
import type { ChapterInput } from './chapterInput.ts';
import { testImages } from './estimatePoints.ts';
import { ladderBlocks, regainedCell } from './ladderBlocks.ts';
import { plotBlocks } from './scenarioPlots.ts';
import { comparesScenarios, differenceBlocks } from './testedDifferences.ts';

const REGAINED: readonly TitledMetric[] = ['image_auroc', 'balanced_accuracy', 'specificity'];

export function adaptation({ result }: ChapterInput): Chapter | null {
  const adapted = [...scenariosOf(result, 'shift-threshold'), ...scenariosOf(result, 'shift-full')];
  const ladder = ladderBlocks(result);
  if (adapted.length === 0 && ladder.length === 0) return null;
  return {
    id: 'adaptation',
    number: '08',
    title: 'What repairs it: a new threshold, a new fit, a few pictures',
    lead: leadOf(result),
    blocks: [...adaptedBlocks(result, adapted), ...ladder],
  };
}

function leadOf(result: StudyResult): string {
  const full = scenariosOf(result, 'shift-full');
  const means = methodsOf(result).flatMap((method) => {
    const value = macroOf(result, 'shift-full', method)?.image_auroc?.value ?? null;
    const none = macroOf(result, 'shift-none', method)?.image_auroc?.value ?? null;
    if (value === null) return [];
    const from = none === null ? '' : `from ${fixed(none, 3)} `;
    return [`${METHOD_TITLES[method]} ${from}to ${fixed(value, 3)}`];
  });
  const refit =
    means.length === 0 ? '' : `Fitting anew takes the mean image AUROC for ${listed(means)}. `;
  const regained = full.filter(({ recovery }) => isShown(recovery?.image_auroc)).length;
  const shown =
    full.length === 0
      ? ''
      : `It is shown to regain AUROC in ${regained} of ${counted(full.length, 'case')}. `;
  return `${refit}${shown}${ladderLead(result)}`.trim();
}

const isShown = (recovery: Parameters<typeof describeRecovery>[0] | undefined): boolean => {
  const shown: readonly RecoveryWords['kind'][] = ['most', 'part'];
  return recovery !== undefined && shown.includes(describeRecovery(recovery).kind);
};

function ladderLead({ experiments }: StudyResult): string {
  const ladders = experiments.adaptation_ladder ?? [];
  if (ladders.length === 0) return '';
  const found = ladders.map((ladder) => ({
    name: `${ladder.category} (${METHOD_TITLES[ladder.method]})`,
    pictures: sufficientPictures(ladder, 'image_auroc'),
  }));
  const lost = found.filter(({ pictures }) => pictures.kind !== 'not-computable');
  if (lost.length === 0) {
    return 'What new lamps cost is not shown, so that nothing can be said to be regained.';
  }
  const enough = lost.flatMap(({ name, pictures }) =>
    pictures.kind === 'enough' ? [`${pictures.pictures} for ${name}`] : [],
  );
  const cases = `Of ${counted(lost.length, 'case')} in which new lamps are shown to cost AUROC,`;
  return enough.length === 0
    ? `${cases} in none is a number of pictures shown to be enough.`
    : `${cases} a number of pictures is shown to be enough in ${enough.length}: ${listed(enough)}.`;
}

function adaptedBlocks(result: StudyResult, adapted: readonly ScenarioResult[]): Block[] {
  if (adapted.length === 0) return [];
  return [
    {
      kind: 'prose',
      text: 'A new threshold keeps the clean model and sets its threshold on shifted validation images: it cannot change how images are ranked, so AUROC stays what it was. Fitting anew learns from shifted training images.',
    },
    {
      kind: 'table',
      table: scenarioTable(
        {
          id: 'adaptation-results',
          title: 'Shifted images, adapted',
          note: 'Intervals are over test images; F1, specificity and recall at the threshold chosen on shifted validation images.',
        },
        ['Category', 'Method', 'Scenario'],
        adapted.map((scenario) => ({
          labels: [
            scenario.category,
            METHOD_TITLES[scenario.method],
            SCENARIO_TITLES[scenario.scenario],
          ],
          scenario,
        })),
        ['image_auroc', 'f1', 'specificity', 'recall', 'balanced_accuracy', 'pro'],
      ),
    },
    ...plotBlocks(recoveryPlot(adapted)),
    { kind: 'table', table: recoveryTable(adapted) },
    ...differenceBlocks(
      result,
      { id: 'adaptation-tests', title: 'Tests of what adaptation changes' },
      (own) =>
        comparesScenarios('shift-threshold', 'shift-none')(own) ||
        comparesScenarios('shift-full', 'shift-none')(own) ||
        comparesScenarios('shift-full', 'clean')(own),
    ),
  ];
}

/** Beyond these shares of a loss a chart would show noise alone. */
const SHARES = [-0.5, 1.5] as const;

function recoveryPlot(adapted: readonly ScenarioResult[]): Plot | null {
  const within = (share: number) => Math.min(SHARES[1], Math.max(SHARES[0], share));
  const metrics: readonly TitledMetric[] = ['image_auroc', 'balanced_accuracy'];
  const dots = metrics.flatMap((metric) =>
    adapted.flatMap((scenario): IntervalDot[] => {
      const { category, method } = scenario;
      const recovery = scenario.recovery?.[metric];
      // A threshold ranks nothing: its recovery of AUROC is 0 by construction.
      if (!recovery || recovery.value === null) return [];
      if (metric === 'image_auroc' && scenario.scenario === 'shift-threshold') return [];
      const { value, interval } = recovery;
      const adaptation = scenario.scenario === 'shift-full' ? 'fitted anew' : 'new threshold';
      return [
        {
          panel: METRIC_TITLES[metric],
          label: `${category}, ${adaptation}`,
          method,
          value: within(value),
          low: interval === null ? null : within(interval.low),
          high: interval === null ? null : within(interval.high),
          n: testImages(scenario),
        },
      ];
    }),
  );
  if (dots.length === 0) return null;
  return intervalDots(
    {
      id: 'recovery',
      title: 'How much of the loss is regained',
      sentence:
        'At 100% (dashed) all that the shift cost is regained, at 0% nothing. Cases whose loss is not shown have nothing to regain and are left out; what lies beyond -50% or 150% is drawn there.',
    },
    dots,
    {
      title: 'Share of the loss regained',
      reference: 1,
      domain: SHARES,
      format: '.0%',
      ownLabels: true,
      columns: 1,
    },
  );
}

function recoveryTable(adapted: readonly ScenarioResult[]): Table {
  const metrics = REGAINED.filter((metric) =>
    adapted.some(({ recovery }) => recovery?.[metric] !== undefined),
  );
  return {
    id: 'recovery-shares',
    title: 'Share of the loss regained, in percent',
    note: '(adapted - none) / (clean - none), with intervals over test images; not computable where the shift is not shown to cost anything.',
    columns: [
      { title: 'Category' },
      { title: 'Method' },
      { title: 'Scenario' },
      ...metrics.map((metric) => ({ title: METRIC_TITLES[metric], align: 'right' as const })),
    ],
    rows: adapted.map(({ category, method, scenario, recovery }) => [
      category,
      METHOD_TITLES[method],
      SCENARIO_TITLES[scenario],
      ...metrics.map((metric) => regainedCell(recovery?.[metric])),
    ]),
  };
}
