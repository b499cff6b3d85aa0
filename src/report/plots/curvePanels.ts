/** Curves in the unit square, in panels. */
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { Method } from '../../result/scenario.ts';
import { methodColours } from './methodColours.ts';
import { panelFacet, panelGrid, panelsOf } from './panels.ts';
import { type Plot, type PlotRow, ROWS } from './plot.ts';

export interface PanelCurve {
  readonly panel: string;
  readonly method: Method;
  /** The first style of the chart is drawn solid, others dashed: `clean`, `shifted`. */
  readonly style: string;
  /** Several curves of a method and style, such as one for each seed, are drawn thin. */
  readonly seed: number;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** In the panel's corner where curves have one style; with more a legend tells them apart. */
  readonly label: string;
}

/** The axes' titles, and how points are joined. */
export interface CurveAxes {
  readonly x: string;
  readonly y: string;
  readonly interpolate: 'linear' | 'step-before';
}

const HEIGHT_SHARE = 0.92;
const LABEL_STEP = 0.09;

export function curvePanels(
  text: Pick<Plot, 'id' | 'title' | 'sentence'>,
  curves: readonly PanelCurve[],
  { x, y, interpolate }: CurveAxes,
): Plot {
  const panels = panelsOf(curves);
  const styles = [...new Set(curves.map(({ style }) => style))];
  const methods = curves.map(({ method }) => method);
  const { columns, width } = panelGrid(panels.length);
  const legend = styles.length > 1 ? ({ orient: 'top' } as const) : null;
  const axis = (title: string) => ({
    title,
    values: [0, 0.25, 0.5, 0.75, 1],
    format: '.2~f',
  });
  return {
    ...text,
    rows: [
      ...curves.flatMap(lineRows),
      ...(styles.length > 1 ? [] : panels.flatMap((panel) => labelRows(panel, curves))),
    ],
    spec: (theme) => ({
      data: { name: ROWS },
      facet: panelFacet(panels, width),
      columns,
      spacing: 18,
      spec: {
        width,
        height: Math.round(width * HEIGHT_SHARE),
        encoding: {
          x: { field: 'x', type: 'quantitative', scale: { domain: [0, 1] }, axis: axis(x) },
          y: { field: 'y', type: 'quantitative', scale: { domain: [0, 1] }, axis: axis(y) },
          color: {
            field: 'method',
            type: 'nominal',
            scale: methodColours(methods, theme),
            title: null,
            legend,
          },
        },
        layer: [
          {
            transform: [{ filter: "datum.kind === 'curve'" }],
            mark: { type: 'line', interpolate, strokeJoin: 'round', opacity: 0.85 },
            encoding: {
              order: { field: 'point', type: 'quantitative' },
              detail: [{ field: 'seed', type: 'nominal' }],
              strokeDash: {
                field: 'style',
                type: 'nominal',
                title: null,
                legend: legend === null ? null : { ...legend, symbolType: 'stroke' },
                scale: { domain: styles, range: styles.map((_, n) => (n === 0 ? [1, 0] : [4, 3])) },
              },
              strokeWidth: {
                field: 'seeds',
                type: 'quantitative',
                legend: null,
                scale: { domain: [1, 2], range: [2, 1.2], clamp: true },
              },
            },
          },
          {
            transform: [{ filter: "datum.kind === 'label'" }],
            mark: { type: 'text', align: 'right', baseline: 'bottom', fontSize: 10, dx: -3 },
            encoding: { text: { field: 'text' } },
          },
        ],
      },
    }),
  };

  function lineRows(curve: PanelCurve): PlotRow[] {
    const { panel, method, style, seed } = curve;
    const seeds = curves.filter((other) => sameCurves(other, curve)).length;
    return curve.points.map(([px, py], point) => ({
      kind: 'curve',
      panel,
      method: METHOD_TITLES[method],
      style,
      seed,
      seeds,
      point,
      x: px,
      y: py,
    }));
  }
}

/** The label of each method and style once, one above the other at the lower right. */
function labelRows(panel: string, curves: readonly PanelCurve[]): PlotRow[] {
  const own = curves.filter((curve) => curve.panel === panel);
  const labelled = own.filter((curve, at) => own.findIndex((o) => sameCurves(o, curve)) === at);
  return labelled.map(({ method, style, label }, at) => ({
    kind: 'label',
    panel,
    method: METHOD_TITLES[method],
    style,
    text: label,
    x: 1,
    y: 0.02 + LABEL_STEP * (labelled.length - 1 - at),
  }));
}

const sameCurves = (a: PanelCurve, b: PanelCurve): boolean =>
  a.panel === b.panel && a.method === b.method && a.style === b.style;
