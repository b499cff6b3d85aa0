/** One category: threshold rules, what they promise and what becomes of it. */
import {
  type ImageScore,
  type RealisedShare,
  THRESHOLD_CONDITIONS,
  type ThresholdAnalysis,
  type ThresholdCondition,
  type ThresholdRule,
} from '../../../result/analysis/thresholds.ts';
import { METHOD_TITLES } from '../../../result/methodTitle.ts';
import type { Plot } from '../../plots/plot.ts';
import { type PromiseDot, promiseDots } from '../../plots/promiseDots.ts';
import { type ReliabilityPoint, reliabilityCurves } from '../../plots/reliabilityCurves.ts';
import type { Block } from '../../report.ts';
import { type Cell, type NumberCell, numberCell, type Table } from '../../tables/table.ts';
import { sentenceOf, together } from '../categoryTabs.ts';
import { THRESHOLD_CONDITION_TITLES } from './conditionTitles.ts';

type Parts = readonly ThresholdAnalysis[];

const RULE_TITLES: Readonly<Record<ThresholdRule, string>> = {
  f1: 'highest F1',
  youden: 'Youden',
  'least-cost': 'least cost',
  quantile: 'quantile',
  conformal: 'conformal',
  confident: 'confident',
};

const SCORE_TITLES: Readonly<Record<ImageScore, string>> = {
  own: "the model's own",
  zones: 'largest of zones',
  max: 'largest distance',
  p99: '99th percentile',
  p95: '95th percentile',
  mean: 'mean distance',
};

export function promiseBlocks(parts: Parts, place: number): Block[] {
  if (parts.length === 0) return [];
  const plots = [promisePlot(parts, place), reliabilityPlot(parts, place)];
  return [
    ...plots.flatMap((plot) => (plot === null ? [] : [{ kind: 'plot', plot } as const])),
    { kind: 'table', table: rulesTable(parts, place) },
    ...parts.flatMap(({ method, scores, zones, zonesReason }): Block[] => [
      { kind: 'prose', text: `${METHOD_TITLES[method]}. ${scores.title}: ${scores.sentence}` },
      zones === null
        ? {
            kind: 'prose',
            tone: 'note',
            text: sentenceOf(
              `${METHOD_TITLES[method]}, zones of the product: not computable: ${zonesReason}`,
            ),
          }
        : { kind: 'prose', text: `${METHOD_TITLES[method]}. ${zones.sentence}` },
    ]),
  ];
}

/** Rules on the model's own score. */
function promisePlot(parts: Parts, place: number): Plot | null {
  const dots = parts.flatMap(({ method, rules }) =>
    rules.data
      .filter(({ score }) => score === 'own')
      .flatMap(({ rule, conditions }) =>
        conditions.flatMap(({ condition, promised, realised }): PromiseDot[] => {
          if (realised === null || realised.falsePositives.value === null) return [];
          const { value, interval, total } = realised.falsePositives;
          return [
            {
              panel: THRESHOLD_CONDITION_TITLES[condition],
              label: RULE_TITLES[rule],
              ...{ method, promised, value, n: total },
              ...{ low: interval?.low ?? null, high: interval?.high ?? null },
            },
          ];
        }),
      ),
  );
  if (dots.length === 0) return null;
  const text = {
    id: `promises-${place}`,
    title: parts[0]!.rules.title,
    sentence: together([
      'Ticks are what was promised, dots what was realised.',
      ...parts.map(({ method, rules }) => `${METHOD_TITLES[method]}: ${rules.sentence}`),
    ]),
  };
  return promiseDots(text, dots, 'good images flagged');
}

const CALIBRATORS = { platt: 'Platt', isotonic: 'isotonic' } as const;

function reliabilityPlot(parts: Parts, place: number): Plot | null {
  const panelOf = (calibrator: keyof typeof CALIBRATORS, condition: ThresholdCondition) =>
    `${CALIBRATORS[calibrator]}, ${THRESHOLD_CONDITION_TITLES[condition]}`;
  const panels = (['platt', 'isotonic'] as const).flatMap((calibrator) =>
    THRESHOLD_CONDITIONS.map((condition) => panelOf(calibrator, condition)),
  );
  const points = parts.flatMap(({ method, reliability }) =>
    reliability.data.flatMap(({ calibrator, condition, at }) =>
      at
        .filter(({ of }) => of === 'validation')
        .flatMap(({ bins }) =>
          bins.map(
            ({ predicted, observed, interval, images }): ReliabilityPoint => ({
              panel: panelOf(calibrator, condition),
              ...{ method, predicted, observed },
              ...{ low: interval.low, high: interval.high, n: images },
            }),
          ),
        ),
    ),
  );
  if (points.length === 0) return null;
  const text = {
    id: `reliability-${place}`,
    title: parts[0]!.reliability.title,
    sentence: together(
      parts.map(({ method, reliability }) => `${METHOD_TITLES[method]}: ${reliability.sentence}`),
    ),
  };
  return reliabilityCurves(text, points, panels);
}

function rulesTable(parts: Parts, place: number): Table {
  const [{ category, images }] = parts as [ThresholdAnalysis];
  return {
    id: `threshold-rules-${place}`,
    title: `Every threshold rule: ${category}`,
    note: `Thresholds come from ${images.validation.normal} normal and ${images.validation.anomalous} anomalous validation images and are judged on ${images.test.normal} and ${images.test.anomalous} test images; n counts those of the class. Chance: of as many false positives if test images are like validation images.`,
    columns: [
      ...['method', 'rule', 'score', 'images'].map((title) => ({ title })),
      { title: 'threshold' },
      { title: 'promised' },
      { title: 'good images flagged' },
      { title: 'chance' },
      { title: 'recall' },
      { title: 'F1' },
    ],
    rows: parts.flatMap(({ method, rules }) =>
      rules.data.flatMap(({ rule, score, conditions }) =>
        conditions.map(({ condition, threshold, promised, realised }): Cell[] => [
          METHOD_TITLES[method],
          RULE_TITLES[rule],
          SCORE_TITLES[score],
          THRESHOLD_CONDITION_TITLES[condition],
          measureCell(threshold),
          promised === null ? 'nothing' : numberCell(100 * promised, 1, { unit: '%' }),
          shareCell(realised?.falsePositives),
          realised?.chance == null ? '' : numberCell(realised.chance),
          shareCell(realised?.recall),
          realised === null ? '' : measureCell(realised.f1),
        ]),
      ),
    ),
  };
}

const measureCell = ({
  value,
  reason,
}: ThresholdAnalysis['rules']['data'][number]['conditions'][number]['threshold']): NumberCell =>
  numberCell(value, 3, reason === null ? {} : { reason: reason.replace(/^not computable: /, '') });

function shareCell(share: RealisedShare | undefined): Cell {
  if (share === undefined) return '';
  const { value, interval, total } = share;
  if (value === null) return numberCell(null, 1, { reason: 'no images' });
  return numberCell(100 * value, 1, {
    unit: '%',
    n: total,
    interval: interval && { low: 100 * interval.low, high: 100 * interval.high },
  });
}
