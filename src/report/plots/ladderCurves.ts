/** A metric against the number of pictures under a new lamp, a panel for each ladder. */

import type { LadderResult, Strategy } from '../../result/ladder.ts';
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { Method } from '../../result/scenario.ts';
import { panelFacet, panelGrid } from './panels.ts';
import { type Plot, type PlotRow, ROWS } from './plot.ts';
import type { PlotTheme } from './plotTheme.ts';

const HEIGHT_SHARE = 0.7;
const RECALIBRATED = 'new threshold alone';

/** `pictures join PaDiM`. */
const lineName = (strategy: Strategy, method: Method): string =>
  strategy === 'recalibrate' ? RECALIBRATED : `pictures join ${METHOD_TITLES[method]}`;

/**
 * Means over lamps with their bands, single lamps as thin lines, the clean model on clean images as
 * a dashed line.
 * @param metric by name; ladders that lack it are left out
 * @param title of the metric
 */
export function ladderCurves(
  text: Pick<Plot, 'id' | 'title' | 'sentence'>,
  ladders: readonly LadderResult[],
  metric: string,
  title: string,
): Plot | null {
  const shown = ladders.filter(({ clean }) => clean[metric] !== undefined);
  const rows = shown.flatMap((ladder) => ladderRows(ladder, metric));
  if (!rows.some(({ kind }) => kind === 'mean')) return null;
  const methods = [...new Set(shown.map(({ method }) => method))];
  const panels = [...new Set(shown.map(panelName))];
  const pictures = [...new Set(shown.flatMap((ladder) => picturesOf(ladder)))].sort(
    (a, b) => a - b,
  );
  const lowest = Math.min(...rows.map(({ low, value }) => Number(low ?? value)));
  const { columns, width } = panelGrid(panels.length, methods.length === 1 ? 3 : 2);
  return {
    ...text,
    rows,
    spec: (theme) => {
      const x = {
        field: 'pictures',
        type: 'quantitative' as const,
        title: 'Pictures under the new lamp (K)',
        axis: { values: pictures, format: 'd', grid: false },
      };
      const y = {
        field: 'value',
        type: 'quantitative' as const,
        title,
        scale: { domain: [Math.floor(4 * lowest) / 4, 1] },
        axis: { tickCount: 5, format: '.2~f' },
      };
      const color = {
        field: 'line',
        type: 'nominal' as const,
        title: null,
        scale: lineColours(methods, theme),
        legend: { orient: 'top' as const, columns: 3, labelLimit: 220, symbolOpacity: 1 },
      };
      return {
        data: { name: ROWS },
        facet: panelFacet(panels, width),
        columns,
        spacing: 18,
        spec: {
          width,
          height: Math.round(width * HEIGHT_SHARE),
          layer: [
            {
              transform: [{ filter: "datum.kind === 'mean'" }],
              mark: { type: 'area', opacity: 0.16 },
              encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
            },
            {
              transform: [{ filter: "datum.kind === 'lamp'" }],
              mark: { type: 'line', strokeWidth: 0.8, opacity: 0.5 },
              encoding: { x, y, color, detail: { field: 'lamp', type: 'nominal' } },
            },
            {
              transform: [{ filter: "datum.kind === 'mean'" }],
              mark: { type: 'line', strokeWidth: 2.5, point: { size: 40, filled: true } },
              encoding: { x, y, color },
            },
            {
              transform: [{ filter: "datum.kind === 'clean'" }],
              mark: { type: 'rule', strokeDash: [4, 3], color: theme.faint },
              encoding: { y },
            },
          ],
        },
      };
    },
  };
}

const panelName = ({ category, method }: LadderResult): string =>
  `${category}, ${METHOD_TITLES[method]}`;

const picturesOf = ({ rungs }: LadderResult): number[] => [
  0,
  ...rungs.map(({ pictures }) => pictures),
];

function lineColours(methods: readonly Method[], theme: PlotTheme) {
  return {
    domain: [RECALIBRATED, ...methods.map((method) => lineName('append', method))],
    range: [theme.faint, ...methods.map((method) => theme[method])],
  };
}

type Rungs = readonly Pick<LadderResult['rungs'][number], 'pictures' | 'strategy' | 'metrics'>[];

function ladderRows(ladder: LadderResult, metric: string): PlotRow[] {
  const panel = panelName(ladder);
  const clean = ladder.clean[metric]?.value ?? null;
  const curves = (
    kind: string,
    none: LadderResult['none'],
    rungs: Rungs,
    lamp: number | null,
  ): PlotRow[] =>
    strategiesOf(rungs).flatMap((strategy) =>
      [
        { pictures: 0, estimate: none[metric] },
        ...rungs
          .filter((rung) => rung.strategy === strategy)
          .map(({ pictures, metrics }) => ({ pictures, estimate: metrics[metric] })),
      ].flatMap(({ pictures, estimate }) => {
        if (estimate === undefined || estimate.value === null) return [];
        const { value, interval } = estimate;
        const line = lineName(strategy, ladder.method);
        const [low, high] = [interval?.low ?? value, interval?.high ?? value];
        return [{ kind, panel, line, lamp, pictures, value, low, high }];
      }),
    );
  return [
    ...curves('mean', ladder.none, ladder.rungs, null),
    ...ladder.lamps.flatMap(({ lamp, none, rungs }) => curves('lamp', none, rungs, lamp)),
    ...(clean === null ? [] : [{ kind: 'clean', panel, value: clean }]),
  ];
}

const strategiesOf = (rungs: Rungs): Strategy[] => [
  ...new Set(rungs.map(({ strategy }) => strategy)),
];
