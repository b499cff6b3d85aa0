import { describe, expect, it } from 'vitest';
import { drawn, HOSTILE_NAME, marksOf } from '../../../test/support/drawn.ts';
import { type MetricBar, metricBars } from './metricBars.ts';

const TEXT = { id: 'bars', title: 'Bars', sentence: 'x' };
const bar = (own: Partial<MetricBar>): MetricBar => ({
  ...{ panel: 'F1', label: 'nut', method: 'patchcore' as const },
  ...{ value: 0.5, low: 0.25, high: 1, n: 9 },
  ...own,
});

describe('metricBars', () => {
  it('draws a bar for each value, and its interval where there is one', async () => {
    const bars = [bar({}), bar({ method: 'padim', low: null, high: null })];
    const svg = await drawn(metricBars(TEXT, bars, { title: 'Value' }));
    expect(marksOf(svg, 'rect')).toBe(2);
    expect(marksOf(svg, 'rule')).toBe(1);
    expect(svg).toContain('var(--patchcore)');
    expect(svg).toContain('var(--padim)');
    // Half of the panel's 360 pixels; the interval from a quarter to its end.
    expect(svg).toContain('h180v');
  });

  it('gives panels labels of their own', async () => {
    const bars = [bar({ panel: 'a', label: 'cut' }), bar({ panel: 'b', label: HOSTILE_NAME })];
    const svg = await drawn(metricBars(TEXT, bars, { title: 'Recall', ownLabels: true }));
    expect(svg.match(/>cut</g)).toHaveLength(1);
    expect(marksOf(svg, 'rect')).toBe(2);
  });
});
