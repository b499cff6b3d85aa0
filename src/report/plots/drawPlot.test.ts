import { describe, expect, test } from 'vitest';
import { drawPlot } from './drawPlot.ts';
import { type Plot, ROWS } from './plot.ts';
import { PAGE_THEME, PAPER_THEME } from './plotTheme.ts';

const plot = (name: string): Plot => ({
  id: 'bars',
  title: 'Bars',
  sentence: 'One is twice as high.',
  rows: [
    { name, value: 2 },
    { name: 'b', value: 1 },
  ],
  spec: ({ patchcore }) => ({
    data: { name: ROWS },
    mark: { type: 'bar', color: patchcore },
    encoding: {
      y: { field: 'name', type: 'nominal', title: null },
      x: { field: 'value', type: 'quantitative' },
    },
  }),
});

const widthOf = (svg: string) => Number(/ width="([\d.]+)"/.exec(svg)![1]);

describe('drawPlot', () => {
  test('is an SVG element in the colours of the theme, the same each time', async () => {
    const svg = await drawPlot(plot('a'), PAPER_THEME);
    expect(svg).toMatch(/^<svg [^>]*viewBox=/);
    expect(svg).toContain(`fill="${PAPER_THEME.patchcore}"`);
    expect(svg).toContain(PAPER_THEME.font);
    expect(await drawPlot(plot('a'), PAPER_THEME)).toBe(svg);
    expect(await drawPlot(plot('a'), PAGE_THEME)).toContain(`fill="${PAGE_THEME.patchcore}"`);
  });

  test('is the same each time with parts that have ids, and with any name', async () => {
    const clipped = (title: string): Plot => ({
      ...plot('a'),
      spec: (theme) => ({
        ...plot('a').spec(theme),
        mark: { type: 'bar', clip: true },
        title,
        encoding: { x: { field: 'value', type: 'quantitative', title } },
      }),
    });
    const svg = await drawPlot(clipped('x'), PAPER_THEME);
    expect(svg).toContain('clip-path=');
    expect(await drawPlot(clipped('x'), PAPER_THEME)).toBe(svg);
    expect(await drawPlot(clipped('"line\u2028\n\'`'), PAPER_THEME)).toContain('"line');
  });

  test('keeps markup in names as text', async () => {
    const svg = await drawPlot(plot('<script>&"'), PAPER_THEME);
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;script&gt;');
  });

  test('leaves labels the room that they take, up to where they are cut', async () => {
    const [i, w, long] = await Promise.all(
      ['i'.repeat(20), 'W'.repeat(20), 'W'.repeat(200)].map(async (name) =>
        widthOf(await drawPlot(plot(name), PAPER_THEME)),
      ),
    );
    // Of 11 pixels: 20 letters of 1.000 against 0.222, cut at Vega's 180.
    expect(w! - i!).toBeCloseTo(180 - 20 * 0.222 * 11, -1);
    expect(long).toBe(w);
  });
});
