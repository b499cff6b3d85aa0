/** One category: escapes, false rejects and their cost a day on the line of the configuration. */
import type { PlantResult } from '../../../result/analysis/plant.ts';
import { METHOD_TITLES } from '../../../result/methodTitle.ts';
import { type CostMark, type CostPoint, costCurves } from '../../plots/costCurves.ts';
import type { Plot } from '../../plots/plot.ts';
import type { Block } from '../../report.ts';
import { type Cell, numberCell, type Table } from '../../tables/table.ts';
import { together } from '../categoryTabs.ts';
import { THRESHOLD_CONDITION_TITLES } from './conditionTitles.ts';

type Parts = readonly PlantResult[];
type Threshold = PlantResult['conditions'][number]['report']['data']['thresholds'][number];

const RULES: Readonly<Record<Threshold['rule'], string>> = {
  own: "the model's own",
  promised: 'promised rate',
  'least-cost': 'least cost',
  'flag-nothing': 'let all pass',
  'flag-everything': 'reject all',
};

export function costBlocks(parts: Parts, place: number): Block[] {
  if (parts.every(({ conditions }) => conditions.length === 0)) return [];
  const plot = costPlot(parts, place);
  return [
    ...(plot === null ? [] : [{ kind: 'plot', plot } as const]),
    { kind: 'table', table: dayTable(parts, place) },
    ...parts.flatMap(({ method, conditions }) =>
      conditions.flatMap(({ condition, report }): Block[] => {
        // Those are the chart's caption.
        if (condition === 'clean' && plot !== null) return [];
        const where = THRESHOLD_CONDITION_TITLES[condition];
        return [{ kind: 'prose', text: `${METHOD_TITLES[method]}, ${where}: ${report.sentence}` }];
      }),
    ),
  ];
}

function costPlot(parts: Parts, place: number): Plot | null {
  const points: CostPoint[] = [];
  const marks: CostMark[] = [];
  for (const { method, conditions } of parts) {
    for (const { condition, report } of conditions) {
      const panel = `${METHOD_TITLES[method]}, ${THRESHOLD_CONDITION_TITLES[condition]}`;
      for (const { threshold, validationCost, testCost } of report.data.curve) {
        points.push({ panel, on: 'validation images', threshold, cost: validationCost });
        if (testCost !== null) points.push({ panel, on: 'test images', threshold, cost: testCost });
      }
      for (const { rule, threshold } of report.data.thresholds) {
        if (threshold !== null) marks.push({ panel, label: RULES[rule], threshold });
      }
    }
  }
  if (points.length === 0) return null;
  const [{ line }] = parts as [PlantResult];
  const text = {
    id: `cost-${place}`,
    title: 'What each threshold would cost a day',
    sentence: together(
      parts.flatMap(({ method, conditions }) =>
        conditions
          .filter(({ condition }) => condition === 'clean')
          .map(({ report }) => `${METHOD_TITLES[method]}: ${report.sentence}`),
      ),
    ),
  };
  return costCurves(text, points, marks, `cost a day${line.currency ? ` (${line.currency})` : ''}`);
}

function dayTable(parts: Parts, place: number): Table {
  const [{ category, line }] = parts as [PlantResult];
  const currency = line.currency === null ? '' : ` (${line.currency})`;
  return {
    id: `day-${place}`,
    title: `A day under each threshold: ${category}`,
    note: `${line.partsPerDay} parts a day, ${100 * line.defectRate}% of them defective; an escape costs ${line.escapeCost}, a false reject ${line.falseRejectCost}. Escapes and false rejects follow from the shares counted on test images; n counts those.`,
    columns: [
      ...['method', 'images', 'threshold by'].map((title) => ({ title })),
      { title: 'threshold' },
      { title: 'escapes a day' },
      { title: 'false rejects a day' },
      { title: `cost a day${currency}` },
    ],
    rows: parts.flatMap(({ method, conditions }) =>
      conditions.flatMap(({ condition, report }) =>
        report.data.thresholds.map((own): Cell[] => [
          METHOD_TITLES[method],
          THRESHOLD_CONDITION_TITLES[condition],
          RULES[own.rule],
          own.threshold === null ? '' : numberCell(own.threshold),
          amountCell(own.escapes, 1, own, own.recall?.counted?.total),
          amountCell(own.falseRejects, 0, own, own.fpr?.counted?.total),
          amountCell(own.cost, 0, own),
        ]),
      ),
    ),
  };
}

function amountCell(
  amount: Threshold['cost'],
  digits: number,
  { reason }: Threshold,
  n?: number,
): Cell {
  if (amount === null) return numberCell(null, digits, { reason: reason ?? 'not defined' });
  const { value, interval } = amount;
  return numberCell(value, digits, { interval, ...(n === undefined ? {} : { n }) });
}
