/** Draws a plot as SVG. */
import * as vega from 'vega';
import { compile } from 'vega-lite';
import { measureText } from './measureText.ts';
import { type Plot, ROWS } from './plot.ts';
import type { PlotTheme } from './plotTheme.ts';

interface VegaText {
  readonly fontSize?: number;
  /** The width at which text is cut. */
  readonly limit?: number;
}

// Without a canvas Vega takes every character for as wide as a capital, and text for too wide. Its
// types leave out where it can be told better.
const { textMetrics, resetSVGDefIds } = vega as unknown as {
  readonly textMetrics: { width: (item: VegaText, text: unknown) => number };
  /** Ids in drawings are counted through all of them. */
  readonly resetSVGDefIds: () => void;
};
textMetrics.width = ({ fontSize = 11, limit = 0 }, text) => {
  const width = measureText(String(text ?? ''), fontSize);
  return limit > 0 ? Math.min(width, limit) : width;
};

/** Of panels with labels of their own Vega-Lite warns that their sizes may be wrong; they are not. */
const SILENT = vega.logger(vega.None);

/** @returns the SVG element, the same for the same plot and theme */
export async function drawPlot(plot: Plot, theme: PlotTheme): Promise<string> {
  const spec = {
    ...plot.spec(theme),
    datasets: { [ROWS]: plot.rows.map((row) => ({ ...row })) },
    config: config(theme),
  };
  const view = new vega.View(
    vega.parse(compile(spec as Parameters<typeof compile>[0], { logger: SILENT }).spec),
    {
      renderer: 'none',
    },
  );
  try {
    await view.runAsync();
    resetSVGDefIds();
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

function config({ font, ink, faint, grid, series, ramp }: PlotTheme) {
  const text = { labelColor: ink, titleColor: ink, labelFontSize: 11, titleFontSize: 12 };
  return {
    font,
    // Whoever shows the drawing describes it; Vega's own words also break on unusual names.
    aria: false,
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
