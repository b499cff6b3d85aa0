/** Chapters 04 and 05: one method on clean images. Null where the study did not run it. */

import { counted } from '../../core/listed.ts';
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { Method, ScenarioResult } from '../../result/scenario.ts';
import { flaggedNormals, foundAnomalies } from '../answer/judgedShares.ts';
import { confidenceOf, macroOf, scenariosOf } from '../answer/scenarioOf.ts';
import type { Block, Chapter } from '../report.ts';
import { confusionTable } from '../tables/confusionTable.ts';
import { scenarioTable } from '../tables/scenarioTable.ts';
import { seedTable } from '../tables/seedTable.ts';
import { thresholdTable } from '../tables/thresholdTable.ts';
import { percent, withInterval } from '../wording/withInterval.ts';
import type { ChapterInput } from './chapterInput.ts';
import { METHOD_DESCRIPTIONS, methodSettings } from './methodSettings.ts';
import { perfectScores } from './perfectScores.ts';
import { recallByType } from './recallByType.ts';
import {
  byCategory,
  firstSeedWords,
  histogramPlot,
  imagesOf,
  plotBlocks,
  precisionRecallPlot,
  rocPlot,
} from './scenarioPlots.ts';

const NUMBERS: Readonly<Record<Method, string>> = { patchcore: '04', padim: '05' };

export function cleanMethod({ result }: ChapterInput, method: Method): Chapter | null {
  const scenarios = scenariosOf(result, 'clean').filter((own) => own.method === method);
  if (scenarios.length === 0) return null;
  const name = METHOD_TITLES[method];
  const seeds = seedTable(
    { id: `seeds-${method}`, title: `Spread over seeds: ${name}` },
    scenarios,
    ['image_auroc', 'f1', 'specificity'],
  );
  return {
    id: `clean-${method}`,
    number: NUMBERS[method],
    title: `${name} on clean images`,
    lead: leadOf(scenarios, macroOf(result, 'clean', method)?.image_auroc),
    blocks: [
      { kind: 'prose', text: METHOD_DESCRIPTIONS[method] },
      { kind: 'table', table: methodSettings(result, method) },
      {
        kind: 'table',
        table: scenarioTable(
          {
            id: `clean-results-${method}`,
            title: `Clean images: ${name}`,
            note: note(scenarios),
          },
          ['Category'],
          scenarios.map((scenario) => ({ labels: [scenario.category], scenario })),
          [
            'image_auroc',
            'image_average_precision',
            'f1',
            'specificity',
            'recall',
            'pixel_auroc',
            'pixel_average_precision',
            'pro',
          ],
        ),
      },
      ...perfectScores(scenarios),
      ...plotBlocks(
        rocPlot(`roc-${method}`, `ROC curves: ${name}`, scenarios),
        precisionRecallPlot(
          `precision-recall-${method}`,
          `Precision and recall: ${name}`,
          scenarios,
        ),
        histogramPlot(
          {
            id: `scores-${method}`,
            title: `Scores of test images: ${name}`,
            sentence: `An image right of the threshold is flagged.${judged(scenarios)}${firstSeedWords(scenarios, method)}`,
          },
          scenarios.map((scenario) => ({ panel: scenario.category, scenario })),
        ),
        recallByType(`recall-by-type-${method}`, scenarios),
      ),
      {
        kind: 'table',
        table: thresholdTable(
          { id: `thresholds-${method}`, title: `Thresholds: ${name}` },
          scenarios,
        ),
      },
      {
        kind: 'table',
        table: confusionTable({ id: `confusion-${method}`, title: `Verdicts: ${name}` }, scenarios),
      },
      ...(seeds === null ? oneSeed() : [{ kind: 'table', table: seeds } as const]),
    ],
  };
}

function leadOf(
  scenarios: readonly ScenarioResult[],
  macro: ScenarioResult['metrics'][string] | undefined,
): string {
  const mean =
    scenarios.length > 1 && macro !== undefined && macro.value !== null
      ? `Image AUROC ${withInterval(macro)} on average over ${counted(macro.n, 'category', 'categories')}: `
      : 'Image AUROC: ';
  return `${mean}${byCategory(scenarios, 'image_auroc')}, ${imagesOf(scenarios)}.${judged(scenarios)}`;
}

/** At the chosen threshold, all categories together. */
function judged(scenarios: readonly ScenarioResult[]): string {
  const told = scenarios.slice(0, 3).flatMap((scenario) => {
    const [alarms, found] = [flaggedNormals(scenario), foundAnomalies(scenario)];
    if (alarms === null || found === null) return [];
    return [`${scenario.category} ${alarms} false alarms, ${found} flaws found`];
  });
  if (told.length === 0) return '';
  const more = scenarios.length > told.length ? '; and so on, see the table of verdicts' : '';
  return ` At the chosen threshold: ${told.join('; ')}${more}.`;
}

function note(scenarios: readonly ScenarioResult[]): string {
  const seeds = Math.max(...scenarios.map(({ runs }) => runs.length));
  const without = scenarios.reduce((sum, { counts }) => sum + counts.withoutMask, 0);
  return [
    `Intervals of ${percent(confidenceOf(scenarios))} are over test images.`,
    seeds > 1 ? `Values are means over ${seeds} seeds.` : 'One seed.',
    'F1, specificity and recall are at the chosen threshold.',
    without > 0
      ? `Pixel metrics leave out ${counted(without, 'anomalous image')} without a mask.`
      : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

const oneSeed = (): Block[] => [
  { kind: 'prose', tone: 'note', text: 'One seed was run: how far seeds spread is not known.' },
];
