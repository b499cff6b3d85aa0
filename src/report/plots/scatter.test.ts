import { describe, expect, it } from 'vitest';
import { drawn, HOSTILE_NAME, marksOf } from '../../../test/support/drawn.ts';
import { type ScatterPoint, scatter } from './scatter.ts';

const point = (own: Partial<ScatterPoint>): ScatterPoint => ({
  ...{ label: 'nut', method: 'patchcore' as const },
  ...{ x: 0.9, xLow: 0.8, xHigh: 1, y: 0.95, yLow: 0.9, yHigh: 0.99 },
  ...own,
});

describe('scatter', () => {
  it('draws points with both intervals, where there are some', async () => {
    const points = [
      point({}),
      point({ method: 'padim', label: HOSTILE_NAME, xLow: null, xHigh: null }),
    ];
    const text = { id: 'scatter', title: 'Scatter', sentence: 'x' };
    const svg = await drawn(scatter(text, points, { x: 'Image AUROC', y: 'Pixel AUROC' }));
    expect(marksOf(svg, 'symbol')).toBe(2);
    expect(marksOf(svg, 'rule')).toBe(3);
    expect(svg).toContain('>nut<');
  });
});
