/** How values are spread: range, quartiles and median, a line for each label, in panels. */
import type { Spread } from '../../result/exploration.ts';
import { panelFacet, panelGrid, panelsOf } from './panels.ts';
import { type Plot, ROWS } from './plot.ts';

export interface SpreadBar extends Pick<Spread, 'min' | 'q25' | 'median' | 'q75' | 'max'> {
  readonly panel: string;
  readonly label: string;
  readonly anomalous: boolean;
  /** How many values. */
  readonly n: number;
}

export interface SpreadOptions {
  /** Of the values' axis, with its unit. */
  readonly title: string;
  /** `sqrt` draws small values apart. */
  readonly scale?: 'linear' | 'sqrt';
}

const COLUMNS = 2;
const LINE = 20;
/** Of each panel's own labels. */
const ROOM = 50;

export function spreadBars(
  text: Pick<Plot, 'id' | 'title' | 'sentence'>,
  bars: readonly SpreadBar[],
  { title, scale = 'linear' }: SpreadOptions,
): Plot {
  const panels = panelsOf(bars);
  const { columns, width: whole } = panelGrid(panels.length, COLUMNS);
  const width = columns > 1 ? whole - ROOM : whole;
  const kind = (anomalous: boolean) => (anomalous ? 'anomalous' : 'normal');
  const kinds = new Set(bars.map(({ anomalous }) => anomalous));
  return {
    ...text,
    rows: bars.map(({ anomalous, ...bar }) => ({ ...bar, images: kind(anomalous) })),
    spec: (theme) => {
      const y = {
        field: 'label',
        type: 'nominal' as const,
        title: null,
        sort: [...new Set(bars.map(({ label }) => label))],
        axis: { labelLimit: 150, ticks: false, domain: false },
      };
      const x = (field: string) => ({
        field,
        type: 'quantitative' as const,
        title,
        scale: { type: scale, zero: scale === 'sqrt' },
        axis: { tickCount: 5 },
      });
      return {
        data: { name: ROWS },
        facet: panelFacet(panels, width),
        columns,
        spacing: 18,
        resolve: { scale: { y: 'independent' }, axis: { x: 'independent' } },
        spec: {
          width,
          height: { step: LINE },
          encoding: {
            y,
            color: {
              field: 'images',
              type: 'nominal',
              title: null,
              scale: { domain: ['normal', 'anomalous'], range: [theme.normal, theme.anomalous] },
              legend: kinds.size > 1 ? { orient: 'top' } : null,
            },
          },
          layer: [
            {
              mark: { type: 'rule', strokeWidth: 1.5 },
              encoding: { x: x('min'), x2: { field: 'max' } },
            },
            {
              mark: { type: 'bar', height: { band: 0.55 }, opacity: 0.6 },
              encoding: { x: x('q25'), x2: { field: 'q75' } },
            },
            {
              mark: { type: 'tick', thickness: 2, bandSize: 14 },
              encoding: { x: x('median'), color: { value: theme.ink } },
            },
          ],
        },
      };
    },
  };
}
