import { describe, expect, it } from 'vitest';
import { drawn, HOSTILE_NAME, marksOf } from '../../../test/support/drawn.ts';
import { type IntervalDot, intervalDots } from './intervalDots.ts';

const TEXT = { id: 'dots', title: 'Dots', sentence: 'x' };
const dot = (own: Partial<IntervalDot>): IntervalDot => ({
  ...{ panel: 'AUROC', label: 'nut', method: 'patchcore' as const },
  ...{ value: -0.1, low: -0.2, high: 0.1, n: 9 },
  ...own,
});

describe('intervalDots', () => {
  it('draws dots, intervals where there are some, and the line of no change', async () => {
    const dots = [dot({}), dot({ method: 'padim', low: null, high: null })];
    const plot = intervalDots(TEXT, dots, { title: 'Change', reference: 0 });
    const svg = await drawn(plot);
    expect(marksOf(svg, 'symbol')).toBe(2);
    // The reference is drawn once for each row, the interval once.
    expect(marksOf(svg, 'rule')).toBe(3);
    expect(plot.rows[0]).toEqual({ ...dot({}), method: 'PatchCore', reference: 0 });
  });

  it('survives any name, and panels with labels of their own', async () => {
    const dots = [dot({ panel: HOSTILE_NAME }), dot({ panel: 'b', label: HOSTILE_NAME })];
    const options = {
      title: 'Share',
      domain: [-0.5, 1.5],
      format: '.0%',
      ownLabels: true,
    } as const;
    expect(await drawn(intervalDots(TEXT, dots, options))).toContain('>150%<');
  });
});
