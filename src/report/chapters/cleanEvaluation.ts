/** Chapter 06: the methods side by side on clean images. */

import { counted, listed } from '../../core/listed.ts';
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { StudyResult } from '../../result/result.ts';
import type { ScenarioResult } from '../../result/scenario.ts';
import { macroOf, methodsOf, scenariosOf } from '../answer/scenarioOf.ts';
import { intervalDots } from '../plots/intervalDots.ts';
import { metricBars } from '../plots/metricBars.ts';
import type { Plot } from '../plots/plot.ts';
import { scatter } from '../plots/scatter.ts';
import { publishedTable } from '../published/publishedTable.ts';
import type { Block, Chapter } from '../report.ts';
import { estimateCell, type Table } from '../tables/table.ts';
import { METRIC_TITLES, type TitledMetric } from '../wording/metricTitles.ts';
import { withInterval } from '../wording/withInterval.ts';
import type { ChapterInput } from './chapterInput.ts';
import { estimatePoint, testImages } from './estimatePoints.ts';
import { thresholdExplorer } from './explorerSets.ts';
import { gallery } from './galleryItems.ts';
import { otherStatistics } from './otherStatistics.ts';
import { imagesOf, plotBlocks } from './scenarioPlots.ts';
import { comparesMethods, differenceBlocks, differencesOf } from './testedDifferences.ts';

const SHOWN: readonly TitledMetric[] = ['image_auroc', 'f1', 'specificity', 'recall', 'pro'];
const AVERAGED: readonly TitledMetric[] = [
  'image_auroc',
  'image_average_precision',
  'f1',
  'specificity',
  'recall',
  'pixel_auroc',
  'pixel_average_precision',
  'pro',
];

export function cleanEvaluation(input: ChapterInput): Chapter | null {
  const { result } = input;
  const scenarios = scenariosOf(result, 'clean');
  if (scenarios.length === 0) return null;
  return {
    id: 'clean-evaluation',
    number: '06',
    title: 'The methods side by side on clean images',
    lead: leadOf(result, scenarios),
    blocks: [
      ...plotBlocks(barsOf(scenarios), scatterOf(scenarios)),
      ...averages(result),
      ...published(input),
      ...methodDifferences(result),
      ...thresholdExplorer(result),
      ...gallery(input),
      ...otherStatistics(result),
    ],
  };
}

function leadOf(result: StudyResult, scenarios: readonly ScenarioResult[]): string {
  const means = methodsOf(result).flatMap((method) => {
    const macro = macroOf(result, 'clean', method)?.image_auroc;
    return macro === undefined ? [] : [`${METHOD_TITLES[method]} ${withInterval(macro)}`];
  });
  const categories = new Set(scenarios.map(({ category }) => category)).size;
  const over = `over ${counted(categories, 'category', 'categories')}, ${imagesOf(scenarios)}`;
  const mean = means.length === 0 ? '' : `Mean image AUROC ${over}: ${listed(means)}. `;
  const tests = differencesOf(result).filter(
    (own) => comparesMethods(own) && own.first.scenario === 'clean' && own.inFamily,
  );
  const differ = tests.filter(({ verdict }) => verdict === 'different').length;
  if (tests.length === 0) return `${mean}Whether the methods differ was not declared as a test.`;
  return `${mean}In ${differ} of ${counted(tests.length, 'declared test')} the methods are shown to differ on clean images.`;
}

function barsOf(scenarios: readonly ScenarioResult[]): Plot {
  const bars = SHOWN.flatMap((metric) =>
    scenarios.flatMap((scenario) =>
      estimatePoint(scenario.metrics[metric], {
        panel: METRIC_TITLES[metric],
        label: scenario.category,
        method: scenario.method,
        n: testImages(scenario),
      }),
    ),
  );
  return metricBars(
    {
      id: 'clean-methods',
      title: 'Methods on clean images',
      sentence: `With intervals over test images, ${imagesOf(scenarios)}; F1, specificity and recall at the chosen threshold. Where two intervals overlap, the tests below say whether a difference is shown.`,
    },
    bars,
    { title: 'Value' },
  );
}

/** Null where no category has masks. */
function scatterOf(scenarios: readonly ScenarioResult[]): Plot | null {
  const points = scenarios.flatMap(({ category, method, metrics }) => {
    const [image, pixel] = [metrics.image_auroc, metrics.pixel_auroc];
    if (!image || !pixel || image.value === null || pixel.value === null) return [];
    return [
      {
        label: category,
        method,
        x: image.value,
        xLow: image.interval?.low ?? null,
        xHigh: image.interval?.high ?? null,
        y: pixel.value,
        yLow: pixel.interval?.low ?? null,
        yHigh: pixel.interval?.high ?? null,
      },
    ];
  });
  if (points.length === 0) return null;
  const without = new Set(scenarios.map(({ category }) => category));
  for (const { label } of points) without.delete(label);
  const left = without.size === 0 ? '' : ` Without masks: ${listed([...without])}.`;
  return scatter(
    {
      id: 'image-pixel-auroc',
      title: 'Finding flawed images and finding the flaw',
      sentence: `Right: flawed images are told from good ones. Up: flawed pixels are told from others. A model can do one without the other. Lines are intervals over test images.${left}`,
    },
    points,
    { x: 'Image AUROC', y: 'Pixel AUROC' },
  );
}

function averages(result: StudyResult): Block[] {
  const rows = methodsOf(result).flatMap((method) => {
    const macro = macroOf(result, 'clean', method);
    return macro === undefined ? [] : [{ method, macro }];
  });
  const metrics = AVERAGED.filter((metric) =>
    rows.some(({ macro }) => macro[metric]?.value != null),
  );
  if (rows.length === 0 || metrics.length === 0) return [];
  const table: Table = {
    id: 'clean-averages',
    title: 'Averages over categories, clean images',
    note: 'Each category counts the same; n is the number of categories. Intervals resample images within these categories and say nothing of others.',
    columns: [
      { title: 'Method' },
      ...metrics.map((metric) => ({ title: METRIC_TITLES[metric], align: 'right' as const })),
    ],
    rows: rows.map(({ method, macro }) => [
      METHOD_TITLES[method],
      ...metrics.map((metric) => {
        const n = macro[metric]?.n;
        return estimateCell(macro[metric], 3, n === undefined ? {} : { n });
      }),
    ]),
  };
  return [{ kind: 'table', table }];
}

function published(input: ChapterInput): Block[] {
  const table = publishedTable(input);
  return table === null ? [] : [{ kind: 'table', table }];
}

function methodDifferences(result: StudyResult): Block[] {
  const clean = differencesOf(result).filter(
    (own) => comparesMethods(own) && own.first.scenario === 'clean',
  );
  const dots = clean.flatMap(({ category, metric, first, difference, images }) =>
    difference.value === null
      ? []
      : [
          {
            panel: METRIC_TITLES[metric],
            label: category,
            method: first.method,
            value: difference.value,
            low: difference.interval?.low ?? null,
            high: difference.interval?.high ?? null,
            n: images.normal + images.anomalous,
          },
        ],
  );
  const [one] = clean;
  if (one === undefined || dots.length === 0) return [];
  const names = [METHOD_TITLES[one.first.method], METHOD_TITLES[one.second.method]];
  const plot = intervalDots(
    {
      id: 'clean-differences',
      title: `${names[0]} less ${names[1]} on clean images`,
      sentence: `Right of 0 ${names[0]} is better. Intervals are paired over the same test images; where one holds 0, no difference is shown.`,
    },
    dots,
    { title: 'Difference', reference: 0 },
  );
  return [
    ...plotBlocks(plot),
    ...differenceBlocks(
      result,
      { id: 'clean-tests', title: 'Tests of the methods against each other' },
      comparesMethods,
    ),
  ];
}
