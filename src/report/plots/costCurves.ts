/** What each threshold would cost a day, in panels. */
import { panelFacet, panelsOf } from './panels.ts';
import { type Plot, ROWS } from './plot.ts';

export interface CostPoint {
  /** `PatchCore, clean`. */
  readonly panel: string;
  /** What the cost is counted on: `validation images`, `test images`. */
  readonly on: string;
  readonly threshold: number;
  readonly cost: number;
}

export interface CostMark {
  readonly panel: string;
  /** `own`, `least cost`. */
  readonly label: string;
  readonly threshold: number;
}

const WIDTH = 170;

/** @param title of the costs' axis */
export function costCurves(
  text: Pick<Plot, 'id' | 'title' | 'sentence'>,
  points: readonly CostPoint[],
  marks: readonly CostMark[],
  title: string,
): Plot {
  const panels = panelsOf(points);
  const labels = [...new Set(marks.map(({ label }) => label))];
  const sets = [...new Set(points.map(({ on }) => on))];
  return {
    ...text,
    rows: [
      ...points.map((point) => ({ kind: 'cost', ...point })),
      ...marks.map((mark) => ({ kind: 'mark', ...mark })),
    ],
    spec: ({ series, ink, faint }) => ({
      data: { name: ROWS },
      facet: panelFacet(panels, WIDTH),
      columns: 3,
      spacing: 16,
      resolve: { scale: { x: 'independent', y: 'independent' } },
      spec: {
        width: WIDTH,
        height: 110,
        encoding: {
          x: {
            field: 'threshold',
            type: 'quantitative',
            title: 'threshold',
            scale: { zero: false },
            axis: { tickCount: 4 },
          },
        },
        layer: [
          {
            transform: [{ filter: "datum.kind === 'cost'" }],
            mark: { type: 'line', interpolate: 'step-before', strokeWidth: 1.5 },
            encoding: {
              y: {
                field: 'cost',
                type: 'quantitative',
                title,
                scale: { zero: true },
                axis: { tickCount: 4, labelExpr: "format(datum.value, '~s')" },
              },
              color: {
                field: 'on',
                type: 'nominal',
                title: null,
                scale: { domain: sets, range: [...series] },
                legend: { orient: 'top' },
              },
            },
          },
          {
            transform: [{ filter: "datum.kind === 'mark'" }],
            mark: { type: 'rule', strokeWidth: 1.2 },
            encoding: {
              strokeDash: {
                field: 'label',
                type: 'nominal',
                title: 'threshold',
                scale: {
                  domain: labels,
                  range: [
                    [1, 0],
                    [4, 3],
                    [1, 2],
                  ].slice(0, labels.length),
                },
                legend: { orient: 'top', symbolStrokeColor: faint },
              },
              color: { value: ink },
            },
          },
        ],
      },
    }),
  };
}
