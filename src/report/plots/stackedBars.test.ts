import { describe, expect, test } from 'vitest';
import { drawPlot } from './drawPlot.ts';
import { PAPER_THEME } from './plotTheme.ts';
import { stackedBars } from './stackedBars.ts';

const TEXT = { id: 'counts', title: 'Counts', sentence: 'There are more of a.' };
const PARTS = [
  { name: 'normal', colour: (theme: typeof PAPER_THEME) => theme.normal },
  { name: 'anomalous', colour: (theme: typeof PAPER_THEME) => theme.anomalous },
];
const bar = (panel: string, label: string, part: string, value: number) => ({
  panel,
  label,
  part,
  value,
});

/** Width of every bar in this colour, as drawn. */
function widths(svg: string, colour: string): number[] {
  const bars = svg.matchAll(
    /<path [^>]*?d="M([\d.]+),[\d.]+[hL]([\d.]+)[^>]*?fill="(#[0-9a-f]+)"/g,
  );
  return [...bars].filter(([, , , fill]) => fill === colour).map(([, , width]) => Number(width));
}

describe('stackedBars', () => {
  const bars = [
    bar('nut', 'train', 'normal', 30),
    bar('nut', 'test', 'normal', 10),
    bar('nut', 'test', 'anomalous', 20),
  ];

  test('draws lengths in proportion, each part in its colour', async () => {
    const svg = await drawPlot(
      stackedBars(TEXT, bars, { title: 'Images', parts: PARTS }),
      PAPER_THEME,
    );
    const [train, test] = widths(svg, PAPER_THEME.normal);
    const [anomalous] = widths(svg, PAPER_THEME.anomalous);
    expect(train! / test!).toBeCloseTo(3, 2);
    expect(anomalous! / test!).toBeCloseTo(2, 2);
    expect(svg).toContain('>Images<');
    expect(svg).toContain('>anomalous<');
  });

  test('has a legend only where there are several parts', async () => {
    const plot = stackedBars(TEXT, bars.slice(0, 2), { title: 'Images', parts: PARTS.slice(0, 1) });
    expect(await drawPlot(plot, PAPER_THEME)).not.toContain('>normal<');
  });

  test('panels may have labels of their own', async () => {
    const own = [...bars, bar('bolt', 'bent', 'anomalous', 5)];
    const plot = stackedBars(TEXT, own, { title: 'Images', parts: PARTS, ownLabels: true });
    const svg = await drawPlot(plot, PAPER_THEME);
    expect(svg.match(/>bent</g)).toHaveLength(1);
    expect(svg.match(/>test</g)).toHaveLength(1);
  });
});
