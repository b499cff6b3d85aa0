import { describe, expect, test } from 'vitest';
import { drawPlot } from './drawPlot.ts';
import { PAPER_THEME } from './plotTheme.ts';
import { spreadBars } from './spreadBars.ts';

const TEXT = { id: 'brightness', title: 'Brightness', sentence: 'All alike.' };
const bar = (panel: string, label: string, anomalous: boolean, from: number) => ({
  panel,
  label,
  anomalous,
  n: 3,
  min: from,
  q25: from + 10,
  median: from + 20,
  q75: from + 30,
  max: from + 40,
});

describe('spreadBars', () => {
  test('draws every line in the colour of its images, with their names', async () => {
    const bars = [bar('nut', 'train good', false, 50), bar('nut', 'cut', true, 90)];
    const plot = spreadBars(TEXT, bars, { title: 'Grey levels' });
    const svg = await drawPlot(plot, PAPER_THEME);
    expect(svg.match(new RegExp(`<line[^>]*stroke="${PAPER_THEME.anomalous}"`, 'g'))).toHaveLength(
      1,
    );
    expect(svg).toContain('>train good<');
    expect(svg).toContain('>Grey levels<');
    expect(plot.rows).toContainEqual(
      expect.objectContaining({ label: 'cut', images: 'anomalous' }),
    );
  });

  test('keeps equal values in one place', async () => {
    const flat = { ...bar('nut', 'all', false, 5), q25: 5, median: 5, q75: 5, max: 5 };
    expect(
      await drawPlot(spreadBars(TEXT, [flat], { title: 'x', scale: 'sqrt' }), PAPER_THEME),
    ).not.toContain('NaN');
  });
});
