import { describe, expect, it } from 'vitest';
import { drawn, HOSTILE_NAME } from '../../../test/support/drawn.ts';
import { runWith, scenarioWith } from '../../../test/support/scenarioWith.ts';
import { rocCurves } from './rocCurves.ts';

const TEXT = { id: 'roc', title: 'ROC', sentence: 'x' };

describe('rocCurves', () => {
  it('draws the corners of every seed, and one label', async () => {
    const two = scenarioWith({
      runs: [runWith(1), runWith(2)],
      images: scenarioWith().images.map((image) => ({
        ...image,
        // By the second seed the best normal image is as anomalous as the first flawed one.
        scores: [image.scores[0]!, image.scores[0] === 2 ? 2.5 : image.scores[0]!],
      })),
    });
    const plot = rocCurves(TEXT, [two], () => 'AUROC 0.94');
    const points = (seed: number) =>
      plot?.rows
        .filter((row) => row.kind === 'curve' && row.seed === seed)
        .map(({ x, y }) => [x, y]);
    expect(points(1)).toEqual([
      [0, 0],
      [0, 1],
      [1, 1],
    ]);
    // sklearn.metrics.roc_curve([0, 0, 1, 1], [1, 2.5, 2.5, 4])
    expect(points(2)).toEqual([
      [0, 0],
      [0, 0.5],
      [0.5, 1],
      [1, 1],
    ]);
    expect((await drawn(plot)).match(/>AUROC 0\.94</g)).toHaveLength(1);
  });

  it('tells styles apart by a legend', async () => {
    const both = [scenarioWith(), scenarioWith({ scenario: 'shift-none' })];
    const svg = await drawn(
      rocCurves(
        TEXT,
        both,
        () => 'label',
        (own) => own.scenario,
      ),
    );
    expect(svg).toContain('>shift-none<');
    expect(svg).not.toContain('>label<');
  });

  it('survives any name', async () => {
    await drawn(rocCurves(TEXT, [scenarioWith({ category: HOSTILE_NAME })], () => HOSTILE_NAME));
  });

  it('has nothing to draw of one class', () => {
    const images = scenarioWith().images.filter(({ label }) => label === 'normal');
    expect(rocCurves(TEXT, [scenarioWith({ images })], () => '')).toBeNull();
    expect(rocCurves(TEXT, [], () => '')).toBeNull();
  });
});
