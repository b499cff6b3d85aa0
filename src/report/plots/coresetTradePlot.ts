/** What rows of PatchCore's bank take and are worth: AUROC against the time or the number of rows. */
import type { EfficiencyResult, MeasuredEfficiency } from '../../result/analysis/efficiency.ts';
import { panelFacet, panelGrid } from './panels.ts';
import { type Plot, ROWS } from './plot.ts';

interface Point {
  readonly panel: string;
  readonly share: string;
  readonly rows: number;
  readonly auroc: number;
  /** Milliseconds to search and score an image, median; null where it was not timed. */
  readonly milliseconds: number | null;
  readonly own: boolean;
}

/** Null where no coreset of another size was tried. */
export function coresetTradePlot(
  models: readonly EfficiencyResult[],
  timed: readonly MeasuredEfficiency[],
): Plot | null {
  const points = models.flatMap((model) => pointsOf(model, timed));
  const panels = [...new Set(points.map(({ panel }) => panel))];
  if (points.length < 2) return null;
  const isTimed = points.every(({ milliseconds }) => milliseconds !== null);
  const { columns, width } = panelGrid(panels.length);
  const sentences = models.flatMap(({ category, coreset }) =>
    coreset === null ? [] : [`${category}: ${coreset.sentence}`],
  );
  return {
    id: 'coreset-trade',
    title: isTimed ? 'Accuracy against time, by coreset' : 'Accuracy against rows of the bank',
    sentence: `PatchCore with coresets of several shares of the training patches; the study's own is filled. On these test images alone, without intervals. ${sentences.join(' ')}`,
    rows: points.map((point) => ({ ...point })),
    spec: (theme) => {
      const x = {
        field: isTimed ? 'milliseconds' : 'rows',
        type: 'quantitative' as const,
        title: isTimed ? 'Search, milliseconds an image' : 'Rows of the bank',
        scale: {
          type: isTimed ? ('linear' as const) : ('log' as const),
          zero: isTimed,
          nice: true,
        },
        axis: { tickCount: 4 },
      };
      const y = {
        field: 'auroc',
        type: 'quantitative' as const,
        title: 'Image AUROC',
        // Room for the labels above.
        scale: { zero: false, nice: false, padding: 16 },
        axis: { tickCount: 5 },
      };
      return {
        data: { name: ROWS },
        facet: panelFacet(panels, width),
        columns,
        spacing: 18,
        resolve: { axis: { x: 'independent' } },
        spec: {
          width,
          height: 150,
          encoding: { x, y },
          layer: [
            {
              mark: { type: 'line', color: theme.patchcore, opacity: 0.5 },
              encoding: { order: { field: 'rows', type: 'quantitative' } },
            },
            { mark: { type: 'point', color: theme.patchcore, size: 60, opacity: 1 } },
            {
              transform: [{ filter: 'datum.own' }],
              mark: { type: 'point', color: theme.patchcore, filled: true, size: 60, opacity: 1 },
            },
            {
              mark: { type: 'text', dy: -10, fontSize: 10 },
              encoding: { text: { field: 'share' } },
            },
          ],
        },
      };
    },
  };
}

function pointsOf(
  { category, method, coreset }: EfficiencyResult,
  timed: readonly MeasuredEfficiency[],
): Point[] {
  const levels = timed.find((own) => own.category === category && own.method === method)?.coreset;
  return (coreset?.data ?? []).flatMap(({ share, rows, imageAuroc, own }) => {
    if (imageAuroc.value === null) return [];
    const level = levels?.data.find((one) => one.share === share);
    return [
      {
        panel: category,
        share: `${Number((100 * share).toPrecision(3))}%`,
        rows,
        auroc: imageAuroc.value,
        milliseconds: level?.search.p50 ?? null,
        own,
      },
    ];
  });
}
