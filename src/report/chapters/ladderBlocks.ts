/** The adaptation ladder: what K pictures under a new lamp regain, and how many are enough. */

import { counted } from '../../core/listed.ts';
import { type LadderResult, STRATEGIES, type Strategy } from '../../result/ladder.ts';
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { StudyResult } from '../../result/result.ts';
import { mostPictures } from '../answer/mostPictures.ts';
import { type SufficientPictures, sufficientPictures } from '../answer/sufficientPictures.ts';
import { ladderCurves } from '../plots/ladderCurves.ts';
import type { Block } from '../report.ts';
import { estimateCell, numberCell, type Table } from '../tables/table.ts';
import { MOST } from '../wording/describeRecovery.ts';
import { METRIC_TITLES, type TitledMetric } from '../wording/metricTitles.ts';
import { fixed, percent, shareWithInterval, withInterval } from '../wording/withInterval.ts';
import { categoryTabs, ofCategory } from './categoryTabs.ts';
import { plotBlocks } from './scenarioPlots.ts';

const DRAWN: readonly TitledMetric[] = ['image_auroc', 'balanced_accuracy', 'specificity'];
const TOLD: readonly TitledMetric[] = ['image_auroc', 'balanced_accuracy'];

const STRATEGY_TITLES: Readonly<Record<Strategy, string>> = {
  recalibrate: 'New threshold',
  append: 'Pictures join the model',
};

export function ladderBlocks(result: StudyResult): Block[] {
  const ladders = result.experiments.adaptation_ladder ?? [];
  const [first] = ladders;
  if (first === undefined) return [];
  const lamps = counted(first.lamps.length, 'lamp');
  return [
    { kind: 'heading', text: 'The ladder: K pictures under a new lamp' },
    {
      kind: 'prose',
      text: `Each of ${lamps} is one draw of the shift for all images. K good pictures under it are drawn from the validation images, several times over; either the clean model's threshold is set anew from their scores alone, or they join the model first. All numbers here are at a threshold from normal images alone, K = 0 at the clean one.`,
    },
    ...plotBlocks(
      ...DRAWN.map((metric) =>
        ladderCurves(
          {
            id: `ladder-${metric.replaceAll('_', '-')}`,
            title: `${METRIC_TITLES[metric]} with K pictures`,
            sentence: `Thick: mean over ${lamps}, the band its interval over draws and test images; thin: each lamp; dashed: the clean model on clean images.${gains(ladders, metric)}`,
          },
          ladders,
          metric,
          METRIC_TITLES[metric],
        ),
      ),
    ),
    { kind: 'heading', text: 'How many pictures are enough?' },
    {
      kind: 'prose',
      text: `Called enough are so many pictures that with them, and with every larger number tried, at least ${percent(MOST)} of the loss is regained by the whole interval.`,
    },
    { kind: 'table', table: enoughTable(ladders) },
    ...categoryTabs(result, (category, place) => {
      const own = ofCategory(ladders, category);
      return own.length === 0 ? [] : [{ kind: 'table', table: rungTable(own, place) }];
    }),
    ...ladders.flatMap(({ category, method, leftOut }): Block[] => {
      const [left] = leftOut;
      if (left === undefined) return [];
      const pictures = leftOut.map((own) => own.pictures).join(', ');
      const text = `${category}, ${METHOD_TITLES[method]}: K = ${pictures} left out: ${left.reason}.`;
      return [{ kind: 'prose', tone: 'note', text }];
    }),
  ];
}

/** So many ladders are told of in a sentence. */
const NAMED = 4;

/** What the most pictures make of no adaptation, the largest gains first. */
function gains(ladders: readonly LadderResult[], metric: TitledMetric): string {
  const told = ladders.flatMap((ladder) => {
    const most = mostPictures(ladder);
    const from = ladder.none[metric]?.value ?? null;
    const to = most?.metrics[metric] ?? null;
    if (most === undefined || from === null || to === null || to.value === null) return [];
    const name = `${ladder.category}, ${METHOD_TITLES[ladder.method]}`;
    const text = `${name} ${fixed(from, 3)} to ${withInterval(to)} with ${most.pictures}`;
    return [{ text, gain: to.value - from }];
  });
  const largest = told.sort((a, b) => b.gain - a.gain).slice(0, NAMED);
  if (largest.length === 0) return '';
  const of = told.length > largest.length ? 'Largest gains by pictures' : 'By pictures';
  return ` ${of} joining the model: ${largest.map(({ text }) => text).join('; ')}.`;
}

function enoughTable(ladders: readonly LadderResult[]): Table {
  return {
    id: 'ladder-enough',
    title: 'Pictures that are enough',
    note: 'Pictures joining the model. In brackets the share of the loss regained with its interval.',
    columns: [
      { title: 'Category' },
      { title: 'Method' },
      ...TOLD.map((metric) => ({ title: METRIC_TITLES[metric] })),
    ],
    rows: ladders.map((ladder) => [
      ladder.category,
      METHOD_TITLES[ladder.method],
      ...TOLD.map((metric) => enoughWords(sufficientPictures(ladder, metric))),
    ]),
  };
}

function enoughWords(pictures: SufficientPictures): string {
  if (pictures.kind === 'not-computable') return `not computable: ${pictures.reason}`;
  const share = shareWithInterval(pictures.recovery);
  return pictures.kind === 'enough'
    ? `${pictures.pictures} (${share})`
    : `not shown with up to ${pictures.pictures} (${share})`;
}

const METRICS: readonly TitledMetric[] = ['image_auroc', 'f1', 'specificity', 'balanced_accuracy'];

/** Of one category. */
function rungTable(ladders: readonly LadderResult[], place: number): Table {
  return {
    id: `ladder-rungs-${place + 1}`,
    title: 'Every rung of the ladder',
    note: 'Means over lamps; draws are those of the pictures under each. The threshold is from normal images alone.',
    columns: [
      { title: 'Method' },
      { title: 'Adaptation' },
      { title: 'K', align: 'right' },
      { title: 'Lamps', align: 'right' },
      { title: 'Draws', align: 'right' },
      ...METRICS.map((metric) => ({ title: METRIC_TITLES[metric], align: 'right' as const })),
      { title: 'AUROC regained, %', align: 'right' },
    ],
    rows: ladders.flatMap((ladder) => {
      const { method, clean, none, rungs } = ladder;
      const lamps = numberCell(ladder.lamps.length, 0);
      const cells = (metrics: LadderResult['clean']) =>
        METRICS.map((metric) => estimateCell(metrics[metric]));
      const head = METHOD_TITLES[method];
      const sorted = STRATEGIES.flatMap((strategy) =>
        rungs.filter((rung) => rung.strategy === strategy).sort((a, b) => a.pictures - b.pictures),
      );
      return [
        [head, 'Clean images', '', '', '', ...cells(clean), ''],
        [head, 'None', numberCell(0, 0), lamps, '', ...cells(none), ''],
        ...sorted.map(({ strategy, pictures, draws, metrics, recovery }) => [
          head,
          STRATEGY_TITLES[strategy],
          numberCell(pictures, 0),
          lamps,
          numberCell(draws, 0),
          ...cells(metrics),
          regainedCell(recovery.image_auroc),
        ]),
      ];
    }),
  };
}

/** In percent. */
export function regainedCell(
  recovery: LadderResult['rungs'][number]['recovery'][string] | undefined,
) {
  if (recovery === undefined) return numberCell(null, 0, { reason: 'not computed' });
  const { value, interval, reason } = recovery;
  if (value === null) return numberCell(null, 0, { reason: reason ?? 'not computable' });
  return numberCell(100 * value, 0, {
    interval: interval === null ? null : { low: 100 * interval.low, high: 100 * interval.high },
  });
}
