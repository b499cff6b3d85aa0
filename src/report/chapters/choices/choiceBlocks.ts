/** One category: each choice against the study's own. */

import { listed } from '../../../core/listed.ts';
import type { AblationResult } from '../../../result/analysis/ablation.ts';
import { METHOD_TITLES } from '../../../result/methodTitle.ts';
import { type IntervalDot, intervalDots } from '../../plots/intervalDots.ts';
import type { Plot } from '../../plots/plot.ts';
import type { Block } from '../../report.ts';
import { type Cell, estimateCell, numberCell, type Table } from '../../tables/table.ts';
import { together } from '../categoryTabs.ts';
import { FACTOR_TITLES } from './factorTitles.ts';

/** @param images test images that the methods are judged on; null where it is not known */
export function choiceBlocks(
  parts: readonly AblationResult[],
  place: number,
  images: number | null,
): Block[] {
  if (parts.every(({ factors }) => factors.length === 0)) return [];
  const plot = changesPlot(parts, place, images);
  return [
    ...(plot === null ? [] : [{ kind: 'plot', plot } as const]),
    { kind: 'table', table: levelsTable(parts, place, images) },
    ...layerBlocks(parts, place),
    ...leftOut(parts),
  ];
}

/** Every level's change of the image AUROC; the study's own choice stands at 0. */
function changesPlot(
  parts: readonly AblationResult[],
  place: number,
  images: number | null,
): Plot | null {
  const dots = parts.flatMap(({ method, factors }) =>
    factors.flatMap(({ factor, chart }) =>
      chart.data.flatMap(({ label, base, change }): IntervalDot[] => {
        const { value, interval } = change?.image_auroc ?? { value: base ? 0 : null };
        if (value === null) return [];
        const { low = null, high = null } = interval ?? {};
        const panel = FACTOR_TITLES[factor];
        const n = images ?? 0;
        return [{ panel, label: base ? `${label} (own)` : label, method, value, low, high, n }];
      }),
    ),
  );
  if (dots.length === 0) return null;
  const text = {
    id: `choices-${place}`,
    title: 'Change of the image AUROC by each choice',
    sentence: together(shownOf(parts)),
  };
  const title = "less the study's own choice";
  const plot = intervalDots(text, dots, { title, reference: 0, ownLabels: true });
  return images === null ? { ...plot, rows: plot.rows.map(({ n: _, ...row }) => row) } : plot;
}

/** The factors' own sentences where some level differs; the others are named together. */
function shownOf(parts: readonly AblationResult[]): string[] {
  return parts.flatMap(({ method, factors }) => {
    const differs = ({ chart }: AblationResult['factors'][number]) =>
      chart.data.some(({ change }) => {
        const interval = change?.image_auroc?.interval;
        return interval != null && (interval.low > 0 || interval.high < 0);
      });
    const same = factors.filter((factor) => !differs(factor));
    const names = listed(same.map(({ factor }) => FACTOR_TITLES[factor].toLowerCase()));
    const none =
      same.length === 0
        ? []
        : [`For ${METHOD_TITLES[method]} no difference in image AUROC is shown by: ${names}.`];
    const shown = factors
      .filter(differs)
      .map(({ chart }) => `${METHOD_TITLES[method]}: ${chart.sentence}`);
    return [...shown, ...none];
  });
}

function levelsTable(
  parts: readonly AblationResult[],
  place: number,
  images: number | null,
): Table {
  const same = images === null ? 'the same test images' : `the same ${images} test images`;
  const rows = parts.flatMap(({ method, factors }) =>
    factors.flatMap(({ factor, chart }) =>
      chart.data.map(({ label, base, bankRows, dimension, metrics, change }): Cell[] => [
        METHOD_TITLES[method],
        FACTOR_TITLES[factor],
        base ? `${label} (own)` : label,
        bankRows === null ? '' : numberCell(bankRows, 0),
        numberCell(dimension, 0),
        estimateCell(metrics.image_auroc),
        base ? '' : estimateCell(change?.image_auroc),
        estimateCell(metrics.f1),
      ]),
    ),
  );
  return {
    id: `choice-levels-${place}`,
    title: `Every level of every choice: ${parts[0]!.category}`,
    note: `Changes are to the study's own choice, on ${same}. Each interval stands for itself: of twenty without any effect, one would leave out 0.`,
    columns: [
      { title: 'method' },
      { title: 'choice' },
      { title: 'level' },
      { title: 'rows of the bank', align: 'right' },
      { title: 'numbers a patch', align: 'right' },
      { title: 'image AUROC' },
      { title: 'change', align: 'right' },
      { title: 'F1' },
    ],
    rows,
  };
}

function layerBlocks(parts: readonly AblationResult[], place: number): Block[] {
  const known = parts.flatMap(({ method, layerImportance }) =>
    layerImportance === null ? [] : [{ method, layerImportance }],
  );
  if (known.length === 0) return [];
  const table: Table = {
    id: `layers-${place}`,
    title: `What each layer is worth: ${parts[0]!.category}`,
    note: together(known.map(({ layerImportance }) => layerImportance.sentence)),
    columns: [
      { title: 'method' },
      { title: 'layer' },
      { title: 'image AUROC alone' },
      { title: 'added to the others' },
    ],
    rows: known.flatMap(({ method, layerImportance }) =>
      layerImportance.data.map(({ layer, alone, added }): Cell[] => [
        METHOD_TITLES[method],
        layer,
        numberCell(alone),
        numberCell(added),
      ]),
    ),
  };
  return [{ kind: 'table', table }];
}

function leftOut(parts: readonly AblationResult[]): Block[] {
  const lines = parts.flatMap(({ method, leftOut: left }) => {
    const reasons = [...new Set(left.map(({ reason }) => reason))];
    return reasons.map((reason) => {
      const factors = left.filter((own) => own.reason === reason);
      const names = listed(factors.map(({ factor }) => FACTOR_TITLES[factor].toLowerCase()));
      return `${METHOD_TITLES[method]}: ${names} (${reason}).`;
    });
  });
  if (lines.length === 0) return [];
  return [{ kind: 'prose', tone: 'note', text: `Not compared. ${lines.join(' ')}` }];
}
