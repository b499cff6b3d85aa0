import { describe, expect, it } from 'vitest';
import { drawPlot } from './drawPlot.ts';
import { growthPlot } from './growthPlot.ts';
import { PAPER_THEME } from './plotTheme.ts';

describe('growthPlot', () => {
  const rows = [1, 2, 4, 8].flatMap((workers) => [
    { workers, seconds: 960 / workers, series: 'simulated' },
    ...(workers <= 2 ? [{ workers, seconds: 1000 / workers, series: 'measured' }] : []),
  ]);
  const text = { id: 'growth', title: 'Growth', sentence: 'Twice the workers, half the time.' };
  const plot = growthPlot(text, rows, ['measured']);

  it('keeps every number, in minutes too', () => {
    expect(plot.rows).toHaveLength(6);
    expect(plot.rows[0]).toEqual({ workers: 1, seconds: 960, series: 'simulated', minutes: 16 });
  });

  it('draws one line, and what was measured as points of its own', async () => {
    const svg = await drawPlot(plot, PAPER_THEME);
    expect(svg.match(/<g class="[^"]*mark-line[^"]*"[^>]*>/g)).toHaveLength(1);
    // Four on the line, two measured; the legend has its own group of symbols.
    const [simulated, measured] = [PAPER_THEME.series[0]!, PAPER_THEME.series[1]!];
    expect(svg.match(new RegExp(`<path[^>]*stroke="${measured}"`, 'g'))!.length).toBeGreaterThan(1);
    expect(svg).toContain(simulated);
    for (const word of ['simulated', 'measured', 'Workers', 'Minutes']) expect(svg).toContain(word);
  });
});
