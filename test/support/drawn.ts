/** A plot drawn for tests: as for pages, where every colour has a name of its own. */
import { expect } from 'vitest';
import { drawPlot } from '../../src/report/plots/drawPlot.ts';
import type { Plot } from '../../src/report/plots/plot.ts';
import { PAGE_THEME } from '../../src/report/plots/plotTheme.ts';

/** Names that a data set may have and a chart has to survive. */
export const HOSTILE_NAME = `</svg><b>"it's" & مرحبا 😀</b> ${'long '.repeat(40)}`;

/** The SVG, checked for numbers that are none and for markup that came from names. */
export async function drawn(plot: Plot | null): Promise<string> {
  if (plot === null) throw new Error('there is no plot');
  const svg = await drawPlot(plot, PAGE_THEME);
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  expect(svg.match(/<\/svg>/g)).toHaveLength(1);
  expect(svg).not.toContain('<b>');
  return svg;
}

/** How many marks of a kind are drawn: `rect`, `symbol`, `rule`; those of axes and legends aside. */
export function marksOf(svg: string, kind: 'rect' | 'symbol' | 'rule'): number {
  const groups = svg.matchAll(
    new RegExp(`class="mark-${kind} role-mark[^"]*"[^>]*>(.*?)</g>`, 'g'),
  );
  return [...groups].reduce((sum, [, own]) => sum + (own!.match(/<(path|line) /g) ?? []).length, 0);
}
