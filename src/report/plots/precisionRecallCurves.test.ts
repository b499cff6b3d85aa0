import { describe, expect, it } from 'vitest';
import { drawn } from '../../../test/support/drawn.ts';
import { scenarioWith } from '../../../test/support/scenarioWith.ts';
import { precisionRecallCurves } from './precisionRecallCurves.ts';

const TEXT = { id: 'pr', title: 'Precision and recall', sentence: 'x' };

describe('precisionRecallCurves', () => {
  it('draws steps of precision', async () => {
    const [low, high, cut, hole] = scenarioWith().images;
    // The order hole, high (normal), cut, low (normal): precision 1 to half of recall, then 2/3.
    const images = [low!, { ...high!, scores: [3] }, cut!, hole!];
    const plot = precisionRecallCurves(TEXT, [scenarioWith({ images })], () => 'AP 0.83');
    expect(plot?.rows.filter(({ kind }) => kind === 'curve').map(({ x, y }) => [x, y])).toEqual([
      [0, 1],
      [0.5, 1],
      [1, 2 / 3],
    ]);
    expect(await drawn(plot)).toContain('>AP 0.83<');
  });

  it('has nothing to draw of one class', () => {
    const images = scenarioWith().images.filter(({ label }) => label === 'anomalous');
    expect(precisionRecallCurves(TEXT, [scenarioWith({ images })], () => '')).toBeNull();
  });
});
