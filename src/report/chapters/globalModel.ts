/** Chapter 09: one model for all categories. */

import { counted, listed } from '../../core/listed.ts';
import type { Estimate } from '../../result/estimate.ts';
import type { GlobalResult } from '../../result/globalModel.ts';
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { Method } from '../../result/scenario.ts';
import { type IntervalDot, intervalDots } from '../plots/intervalDots.ts';
import type { Plot } from '../plots/plot.ts';
import type { Block, Chapter } from '../report.ts';
import { estimateCell, numberCell, type Table } from '../tables/table.ts';
import { CHANGE_TITLES, describeChange } from '../wording/describeChange.ts';
import { METRIC_TITLES } from '../wording/metricTitles.ts';
import { fixed } from '../wording/withInterval.ts';
import type { ChapterInput } from './chapterInput.ts';
import { plotBlocks } from './scenarioPlots.ts';

type Pooled = GlobalResult['categories'][number];

export function globalModel({ result }: ChapterInput): Chapter | null {
  const models = result.experiments.global ?? [];
  if (models.every(({ categories }) => categories.length === 0)) return null;
  return {
    id: 'global-model',
    number: '09',
    title: 'One model for all categories',
    lead: models.map(leadOf).join(' '),
    blocks: [
      {
        kind: 'prose',
        text: 'One model is fitted on the good images of all categories together and judges each category under one pooled threshold, or under a threshold of the category itself. A change is the global model less the category’s own, on the same test images.',
      },
      ...plotBlocks(changePlot(models)),
      { kind: 'table', table: changeTable(models) },
      ...models.flatMap(confusionBlocks),
    ],
  };
}

/** The losses are the category's own less the global; what changes is the other way round. */
function changed(loss: Estimate | undefined): Estimate | undefined {
  if (loss === undefined || loss.value === null) return loss;
  const { value, interval } = loss;
  return {
    ...loss,
    // Not -0, which would be shown with a sign.
    value: 0 - value,
    interval:
      interval === null ? null : { ...interval, low: 0 - interval.high, high: 0 - interval.low },
  };
}

function leadOf({ method, categories }: GlobalResult): string {
  const count = (which: 'pooled' | 'own', metric: string) =>
    categories.filter(({ loss }) => {
      const change = changed(loss[which][metric]);
      return change !== undefined && describeChange(change).kind === 'loss';
    }).length;
  const all = counted(categories.length, 'category', 'categories');
  return `${METHOD_TITLES[method]}: one model for all is shown to lose AUROC in ${count('own', 'image_auroc')} of ${all}, balanced accuracy in ${count('pooled', 'balanced_accuracy')} under the pooled threshold and in ${count('own', 'balanced_accuracy')} under thresholds of their own.`;
}

const COMPARED = [
  { panel: METRIC_TITLES.image_auroc, which: 'own', metric: 'image_auroc' },
  { panel: 'Balanced accuracy, pooled threshold', which: 'pooled', metric: 'balanced_accuracy' },
  { panel: 'Balanced accuracy, own threshold', which: 'own', metric: 'balanced_accuracy' },
] as const;

function changePlot(models: readonly GlobalResult[]): Plot | null {
  const dots = COMPARED.flatMap(({ panel, which, metric }) =>
    models.flatMap(({ method, categories }) =>
      categories.flatMap((own): IntervalDot[] => {
        const change = changed(own.loss[which][metric]);
        if (change === undefined || change.value === null) return [];
        const { value, interval } = change;
        const [low, high] = [interval?.low ?? null, interval?.high ?? null];
        return [{ panel, label: own.category, method, value, low, high, n: change.n }];
      }),
    ),
  );
  if (dots.length === 0) return null;
  const seeds = listed([
    ...new Set(models.map(({ method, seed }) => `${METHOD_TITLES[method]} ${seed}`)),
  ]);
  return intervalDots(
    {
      id: 'global-change',
      title: 'One model for all, less one for each',
      sentence: `Left of 0 the global model is worse; where an interval holds 0, no change is shown. Intervals are over test images. AUROC does not depend on the threshold. Seeds: ${seeds}.`,
    },
    dots,
    { title: 'Change', reference: 0 },
  );
}

function changeTable(models: readonly GlobalResult[]): Table {
  return {
    id: 'global-results',
    title: 'One model for all categories against one for each',
    note: 'Changes are the global model less the category’s own; negative is a loss. Intervals are over test images.',
    columns: [
      { title: 'Category' },
      { title: 'Method' },
      ...[
        'AUROC, own model',
        'AUROC, global model',
        ...COMPARED.map(
          ({ panel }) => `Change of ${panel.replace('Image ', '').replace('Balanced', 'balanced')}`,
        ),
      ].map((title) => ({ title, align: 'right' as const })),
      { title: 'AUROC by its interval' },
    ],
    rows: models.flatMap(({ method, categories }) =>
      categories.map((own) => [
        own.category,
        METHOD_TITLES[method],
        estimateCell(own.perCategory.image_auroc),
        estimateCell(own.own.image_auroc),
        ...COMPARED.map(({ which, metric }) => estimateCell(changed(own.loss[which][metric]))),
        CHANGE_TITLES[describeChange(changed(own.loss.own.image_auroc) ?? { value: null }).kind],
      ]),
    ),
  };
}

/** Where the categories get in each other's way. */
function confusionBlocks({ method, categories }: GlobalResult): Block[] {
  const routed = categories.filter(({ routing }) => routing !== null);
  const inflated = categories.filter(({ covarianceInflation }) => covarianceInflation !== null);
  return [
    ...(routed.length === 0 ? [] : [routingBlocks(method, routed)].flat()),
    ...(inflated.length === 0 ? [] : [inflationBlocks(method, inflated)].flat()),
  ];
}

function routingBlocks(method: Method, categories: readonly Pooled[]): Block[] {
  const wrong = categories.reduce((sum, { routing }) => sum + routing!.images.wrong, 0);
  const total = categories.reduce((sum, { routing }) => sum + routing!.images.total, 0);
  const table: Table = {
    id: `global-routing-${method}`,
    title: `Nearest rows of another category: ${METHOD_TITLES[method]}`,
    note: 'Test patches, and test images whose most anomalous patch, is nearest to a row of the pooled bank that another category left there. n counts patches or images.',
    columns: [
      { title: 'Category' },
      { title: 'Patches, %', align: 'right' },
      { title: 'Images, %', align: 'right' },
    ],
    rows: categories.map(({ category, routing }) => [
      category,
      numberCell(100 * routing!.patches.rate, 2, { n: routing!.patches.total }),
      numberCell(100 * routing!.images.rate, 1, { n: routing!.images.total }),
    ]),
  };
  const text = `${METHOD_TITLES[method]}’s pooled bank takes ${wrong} of ${counted(total, 'test image')} for another category.`;
  return [
    { kind: 'prose', text },
    { kind: 'table', table },
  ];
}

function inflationBlocks(method: Method, categories: readonly Pooled[]): Block[] {
  const spread = (
    own: { lowerQuartile: number; median: number; upperQuartile: number },
    digits: number,
  ) =>
    `${fixed(own.median, digits)} (${fixed(own.lowerQuartile, digits)} to ${fixed(own.upperQuartile, digits)})`;
  const widest = categories.reduce((a, b) =>
    b.covarianceInflation!.traceRatio.median > a.covarianceInflation!.traceRatio.median ? b : a,
  );
  const table: Table = {
    id: `global-inflation-${method}`,
    title: `What pooling does to the Gaussians: ${METHOD_TITLES[method]}`,
    note: 'Medians over positions, quartiles in brackets; the pooled covariance against the category’s own.',
    columns: [
      { title: 'Category' },
      { title: 'Ratio of traces', align: 'right' },
      { title: 'Log ratio of determinants, per dimension', align: 'right' },
    ],
    rows: categories.map(({ category, covarianceInflation: own }) => [
      category,
      spread(own!.traceRatio, 2),
      spread(own!.logDeterminantRatio, 3),
    ]),
  };
  const { traceRatio } = widest.covarianceInflation!;
  const text = `Pooling widens ${METHOD_TITLES[method]}’s Gaussians most for ${widest.category}: the trace of a position’s covariance is ${fixed(traceRatio.median, 1)} times its own (median over positions).`;
  return [
    { kind: 'prose', text },
    { kind: 'table', table },
  ];
}
