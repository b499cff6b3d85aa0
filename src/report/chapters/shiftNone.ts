/** Chapter 07: the shift met without any adaptation. */

import { counted, listed } from '../../core/listed.ts';
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { StudyResult } from '../../result/result.ts';
import type { ScenarioResult } from '../../result/scenario.ts';
import { flaggedNormals } from '../answer/judgedShares.ts';
import { macroOf, methodsOf, scenarioOf, scenariosOf } from '../answer/scenarioOf.ts';
import { intervalDots } from '../plots/intervalDots.ts';
import { metricBars } from '../plots/metricBars.ts';
import type { Plot } from '../plots/plot.ts';
import { rocCurves } from '../plots/rocCurves.ts';
import type { Chapter } from '../report.ts';
import { scenarioTable } from '../tables/scenarioTable.ts';
import { estimateCell, type Table } from '../tables/table.ts';
import { CHANGE_TITLES, describeChange } from '../wording/describeChange.ts';
import { METRIC_TITLES, type TitledMetric } from '../wording/metricTitles.ts';
import { SCENARIO_TITLES } from '../wording/scenarioTitles.ts';
import { fixed, withInterval } from '../wording/withInterval.ts';
import type { ChapterInput } from './chapterInput.ts';
import { estimatePoint, testImages } from './estimatePoints.ts';
import { largestLoss } from './largestLoss.ts';
import { byCategory, histogramPlot, imagesOf, plotBlocks } from './scenarioPlots.ts';
import { comparesScenarios, differenceBlocks } from './testedDifferences.ts';

const CHANGED: readonly TitledMetric[] = [
  'image_auroc',
  'balanced_accuracy',
  'f1',
  'specificity',
  'recall',
  'pro',
];

export function shiftNone({ result }: ChapterInput): Chapter | null {
  const scenarios = scenariosOf(result, 'shift-none');
  if (scenarios.length === 0) return null;
  return {
    id: 'shift-none',
    number: '07',
    title: 'The shift met without adaptation',
    lead: leadOf(result, scenarios),
    blocks: [
      ...plotBlocks(changePlot(scenarios), alarmPlot(result, scenarios)),
      { kind: 'table', table: changeTable(scenarios) },
      {
        kind: 'table',
        table: scenarioTable(
          {
            id: 'shift-none-results',
            title: 'Shifted images, clean model, kept threshold',
            note: 'Intervals are over test images; F1, specificity and recall at the threshold chosen on clean validation images.',
          },
          ['Category', 'Method'],
          scenarios.map((scenario) => ({
            labels: [scenario.category, METHOD_TITLES[scenario.method]],
            scenario,
          })),
          ['image_auroc', 'f1', 'specificity', 'recall', 'pixel_auroc', 'pro'],
        ),
      },
      ...plotBlocks(rocPlot(result, scenarios)),
      ...methodsOf(result).flatMap((method) =>
        plotBlocks(
          scorePlot(
            result,
            scenarios.filter((own) => own.method === method),
          ),
        ),
      ),
      ...differenceBlocks(
        result,
        { id: 'shift-none-tests', title: 'Tests of what the shift costs' },
        comparesScenarios('shift-none', 'clean'),
      ),
    ],
  };
}

function leadOf(result: StudyResult, scenarios: readonly ScenarioResult[]): string {
  const means = methodsOf(result).flatMap((method) => {
    const clean = macroOf(result, 'clean', method)?.image_auroc;
    const none = macroOf(result, 'shift-none', method)?.image_auroc;
    if (none === undefined) return [];
    const from = clean?.value == null ? '' : `from ${fixed(clean.value, 3)} `;
    return [`${METHOD_TITLES[method]} ${from}to ${withInterval(none)}`];
  });
  const categories = new Set(scenarios.map(({ category }) => category)).size;
  const mean =
    means.length === 0
      ? ''
      : `Mean image AUROC over ${counted(categories, 'category', 'categories')} goes for ${listed(means)}. `;
  const losses = scenarios.filter(({ change }) => kindOf(change?.image_auroc) === 'loss').length;
  const alarms = scenarios.filter(({ change }) => kindOf(change?.specificity) === 'loss').length;
  return `${mean}By its interval a loss of AUROC is shown in ${losses} of ${counted(scenarios.length, 'case')} (category and method), one of specificity, which is more false alarms, in ${alarms}.`;
}

const kindOf = (change: Parameters<typeof describeChange>[0] | undefined) =>
  describeChange(change ?? { value: null }).kind;

function changePlot(scenarios: readonly ScenarioResult[]): Plot | null {
  const dots = CHANGED.flatMap((metric) =>
    scenarios.flatMap((scenario) =>
      estimatePoint(scenario.change?.[metric], {
        panel: METRIC_TITLES[metric],
        label: scenario.category,
        method: scenario.method,
        n: testImages(scenario),
      }),
    ),
  );
  if (dots.length === 0) return null;
  return intervalDots(
    {
      id: 'shift-none-change',
      title: 'What the shift changes',
      sentence: `Shifted less clean, ${imagesOf(scenarios)}, the same ones in both; left of 0 is worse. Where an interval holds 0, no change is shown.${largestLoss(scenarios)}`,
    },
    dots,
    { title: 'Change', reference: 0 },
  );
}

/** False alarms at the kept threshold, before and after. */
function alarmPlot(result: StudyResult, scenarios: readonly ScenarioResult[]): Plot | null {
  const bars = scenarios.flatMap((none) => {
    const clean = scenarioOf(result, 'clean', none.category, none.method);
    return [clean, none].flatMap((own) =>
      own === undefined
        ? []
        : estimatePoint(own.metrics.specificity, {
            panel: SCENARIO_TITLES[own.scenario],
            label: own.category,
            method: own.method,
            n: own.counts.test.normal,
          }),
    );
  });
  if (bars.length === 0) return null;
  const told = scenarios.slice(0, 4).flatMap((own) => {
    const flagged = flaggedNormals(own);
    return flagged === null ? [] : [`${own.category}, ${METHOD_TITLES[own.method]} ${flagged}`];
  });
  const more = scenarios.length > told.length ? '; others in the chart' : '';
  const rates = bars.map(({ value, low, high, ...bar }) => ({
    ...bar,
    value: 1 - value,
    low: high === null ? null : 1 - high,
    high: low === null ? null : 1 - low,
  }));
  return metricBars(
    {
      id: 'shift-none-alarms',
      title: 'False alarms at the kept threshold',
      sentence: `Share of good test images that are flagged, with exact intervals. Under the shift: ${told.join('; ')}${more}.`,
    },
    rates.sort(
      (a, b) =>
        Number(a.panel !== SCENARIO_TITLES.clean) - Number(b.panel !== SCENARIO_TITLES.clean),
    ),
    { title: 'Share of good images flagged' },
  );
}

function changeTable(scenarios: readonly ScenarioResult[]): Table {
  const metrics = CHANGED.filter((metric) =>
    scenarios.some(({ change }) => change?.[metric]?.value != null),
  );
  return {
    id: 'shift-none-changes',
    title: 'What the shift costs without adaptation',
    note: 'Shifted less clean on the same test images; negative is a loss. Intervals are over test images.',
    columns: [
      { title: 'Category' },
      { title: 'Method' },
      ...metrics.map((metric) => ({ title: METRIC_TITLES[metric], align: 'right' as const })),
      { title: 'Test images', align: 'right' },
      { title: 'AUROC by its interval' },
    ],
    rows: scenarios.map((scenario) => [
      scenario.category,
      METHOD_TITLES[scenario.method],
      ...metrics.map((metric) => {
        const reason = scenario.notComputable[metric];
        return estimateCell(scenario.change?.[metric], 3, reason === undefined ? {} : { reason });
      }),
      { value: testImages(scenario), digits: 0 },
      CHANGE_TITLES[kindOf(scenario.change?.image_auroc)],
    ]),
  };
}

function rocPlot(result: StudyResult, scenarios: readonly ScenarioResult[]): Plot | null {
  const both = scenarios.flatMap((none) => {
    const clean = scenarioOf(result, 'clean', none.category, none.method);
    return clean === undefined ? [] : [clean, none];
  });
  const condition = ({ scenario }: ScenarioResult) => (scenario === 'clean' ? 'clean' : 'shifted');
  return rocCurves(
    {
      id: 'shift-none-roc',
      title: 'ROC curves, clean and shifted',
      sentence: `Solid on clean images, dashed under the shift, by the same models. Image AUROC under the shift: ${methodsOf(
        result,
      )
        .map((method) => {
          const own = scenarios.filter((scenario) => scenario.method === method);
          return `${METHOD_TITLES[method]} ${byCategory(own, 'image_auroc')}`;
        })
        .join('; ')}.`,
    },
    both,
    (own) =>
      `${METHOD_TITLES[own.method]} ${condition(own)} ${fixed(own.metrics.image_auroc?.value ?? 0, 2)}`,
    condition,
  );
}

function scorePlot(result: StudyResult, scenarios: readonly ScenarioResult[]): Plot | null {
  const [first] = scenarios;
  if (first === undefined) return null;
  const { method } = first;
  const panels = scenarios.flatMap((none) => {
    const clean = scenarioOf(result, 'clean', none.category, method);
    return [
      ...(clean === undefined ? [] : [{ panel: `${none.category}, clean`, scenario: clean }]),
      { panel: `${none.category}, shifted`, scenario: none },
    ];
  });
  return histogramPlot(
    {
      id: `shift-none-scores-${method}`,
      title: `Scores of clean and shifted images: ${METHOD_TITLES[method]}`,
      sentence: `The clean model's scores on one scale for each category, with its kept thresholds: what moves right of them is flagged. First seed.`,
    },
    panels,
    2,
  );
}
