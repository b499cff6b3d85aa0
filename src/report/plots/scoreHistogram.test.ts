import { describe, expect, it } from 'vitest';
import { drawn, HOSTILE_NAME } from '../../../test/support/drawn.ts';
import { scoreHistogram } from './scoreHistogram.ts';

const TEXT = { id: 'scores', title: 'Scores', sentence: 'x' };
const panel = (name: string, scores: readonly number[], threshold: number, group = name) => ({
  panel: name,
  group,
  images: scores.map((score, at) => ({ score, anomalous: at % 2 === 1 })),
  thresholds: [{ label: 'F1-optimal', threshold }],
});

describe('scoreHistogram', () => {
  it('counts every image once and keeps the threshold on the scale', async () => {
    const plot = scoreHistogram(TEXT, [panel('nut', [1, 2, 3, 4], 9)]);
    const bins = plot.rows.filter(({ kind }) => kind === 'bin');
    const counted = (label: string) =>
      bins.filter((row) => row.label === label).reduce((sum, { count }) => sum + Number(count), 0);
    expect([counted('normal'), counted('anomalous')]).toEqual([2, 2]);
    expect(Math.max(...bins.map(({ to }) => Number(to)))).toBe(9);
    const svg = await drawn(plot);
    expect(svg).toContain('var(--normal)');
    expect(svg).toContain('var(--anomalous)');
    expect(svg).toContain('>F1-optimal<');
  });

  it('gives panels of a group one scale, others their own', () => {
    const panels = [
      panel('clean', [1, 2], 2, 'nut'),
      panel('shifted', [3, 8], 2, 'nut'),
      panel('other', [100, 200], 150),
    ];
    const { rows } = scoreHistogram(TEXT, panels);
    const range = (name: string) => {
      const bins = rows.filter((row) => row.kind === 'bin' && row.panel === name);
      return [Number(bins[0]?.from), Math.max(...bins.map(({ to }) => Number(to)))];
    };
    expect([range('clean'), range('shifted'), range('other')]).toEqual([
      [1, 8],
      [1, 8],
      [100, 200],
    ]);
  });

  it('survives equal scores and any name', async () => {
    await drawn(scoreHistogram(TEXT, [panel(HOSTILE_NAME, [5, 5, 5], 5)]));
  });
});
