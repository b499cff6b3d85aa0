/** Draws a plot as SVG. */
import { parse, View } from 'vega';
import { compile } from 'vega-lite';
import { type Plot, ROWS } from './plot.ts';
import type { PlotTheme } from './plotTheme.ts';

/** @returns the SVG element, the same for the same plot and theme */
export async function drawPlot(plot: Plot, theme: PlotTheme): Promise<string> {
  const spec = {
    ...plot.spec(theme),
    datasets: { [ROWS]: plot.rows.map((row) => ({ ...row })) },
    config: config(theme),
  };
  const view = new View(parse(compile(spec as Parameters<typeof compile>[0]).spec), {
    renderer: 'none',
  });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

function config({ font, ink, faint, grid, series, ramp }: PlotTheme) {
  const text = { labelColor: ink, titleColor: ink, labelFontSize: 11, titleFontSize: 12 };
  return {
    font,
    background: 'transparent',
    view: { stroke: null },
    title: { color: ink, fontSize: 13, fontWeight: 600 },
    axis: { ...text, gridColor: grid, domainColor: faint, tickColor: faint, titleFontWeight: 500 },
    legend: { ...text, titleFontWeight: 500, symbolStrokeWidth: 2 },
    header: text,
    text: { fill: ink, color: ink },
    rule: { color: faint },
    range: { category: [...series], ramp: [...ramp], heatmap: [...ramp] },
  };
}
