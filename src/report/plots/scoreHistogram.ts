/** How normal and anomalous images score, with the thresholds; panels have scales of their own. */
import { binScores } from './binScores.ts';
import { panelFacet, panelGrid } from './panels.ts';
import { type Plot, type PlotRow, ROWS } from './plot.ts';

export interface HistogramPanel {
  readonly panel: string;
  readonly images: readonly { readonly anomalous: boolean; readonly score: number }[];
  readonly thresholds: readonly { readonly label: string; readonly threshold: number }[];
  /** Panels of one group share their scale of scores. */
  readonly group: string;
}

const BINS = 20;
const HEIGHT = 110;

export function scoreHistogram(
  text: Pick<Plot, 'id' | 'title' | 'sentence'>,
  panels: readonly HistogramPanel[],
  columns = 3,
): Plot {
  const grid = panelGrid(panels.length, columns);
  const names = panels.map(({ panel }) => panel);
  const labels = [
    ...new Set(panels.flatMap(({ thresholds }) => thresholds.map(({ label }) => label))),
  ];
  return {
    ...text,
    rows: panels.flatMap((panel) => panelRows(panel, rangeOf(panels, panel.group))),
    spec: (theme) => ({
      data: { name: ROWS },
      facet: panelFacet(names, grid.width),
      columns: grid.columns,
      spacing: 18,
      resolve: { scale: { x: 'independent', y: 'independent' } },
      spec: {
        width: grid.width,
        height: HEIGHT,
        layer: [
          {
            transform: [{ filter: "datum.kind === 'bin'" }],
            mark: { type: 'bar', opacity: 0.6, binSpacing: 1 },
            encoding: {
              x: {
                field: 'from',
                type: 'quantitative',
                bin: { binned: true },
                title: 'Score',
                scale: { zero: false, nice: false },
                axis: { tickCount: 5, grid: false },
              },
              x2: { field: 'to' },
              y: {
                field: 'count',
                type: 'quantitative',
                stack: null,
                title: 'Images',
                axis: { tickCount: 4, tickMinStep: 1, format: 'd' },
              },
              color: {
                field: 'label',
                type: 'nominal',
                title: null,
                scale: {
                  domain: ['normal', 'anomalous'],
                  range: [theme.normal, theme.anomalous],
                },
                legend: { orient: 'top' },
              },
            },
          },
          {
            transform: [{ filter: "datum.kind === 'threshold'" }],
            mark: { type: 'rule', color: theme.ink, strokeWidth: 1.5 },
            encoding: {
              x: { field: 'score', type: 'quantitative' },
              strokeDash: {
                field: 'rule',
                type: 'nominal',
                title: null,
                scale: { domain: labels, range: labels.map((_, n) => (n === 0 ? [1, 0] : [3, 3])) },
                legend: { orient: 'top', symbolType: 'stroke', labelLimit: 220 },
              },
            },
          },
        ],
      },
    }),
  };
}

function panelRows(
  { panel, images, thresholds }: HistogramPanel,
  range: { low: number; high: number },
): PlotRow[] {
  const bins = [false, true].flatMap((anomalous) => {
    const scores = images
      .filter((image) => image.anomalous === anomalous)
      .map(({ score }) => score);
    const label = anomalous ? 'anomalous' : 'normal';
    return binScores(scores, range, BINS).map((bin) => ({ kind: 'bin', panel, label, ...bin }));
  });
  const rules = thresholds.map(({ label, threshold }) => ({
    kind: 'threshold',
    panel,
    rule: label,
    score: threshold,
  }));
  return [...bins, ...rules];
}

/** Of the images of a group; a threshold that no image reaches lies on the scale nevertheless. */
function rangeOf(panels: readonly HistogramPanel[], group: string): { low: number; high: number } {
  const own = panels.filter((panel) => panel.group === group);
  const scores = own.flatMap(({ images, thresholds }) => [
    ...images.map(({ score }) => score),
    ...thresholds.map(({ threshold }) => threshold),
  ]);
  return { low: Math.min(...scores), high: Math.max(...scores) };
}
