import { describe, expect, it } from 'vitest';
import { drawn } from '../../../test/support/drawn.ts';
import { reportResult } from '../../../test/support/reportInput.ts';
import { ladderCurves } from './ladderCurves.ts';

const TEXT = { id: 'ladder', title: 'Ladder', sentence: 'x' };
const ladders = reportResult().experiments.adaptation_ladder!;

describe('ladderCurves', () => {
  it('starts both strategies at no adaptation', () => {
    const [ladder] = ladders;
    const plot = ladderCurves(TEXT, [ladder!], 'image_auroc', 'Image AUROC');
    const means = plot!.rows.filter(({ kind }) => kind === 'mean');
    const starts = means
      .filter(({ pictures }) => pictures === 0)
      .map(({ line, value }) => [line, value]);
    const none = ladder!.none.image_auroc!.value;
    expect(starts).toEqual([
      ['new threshold alone', none],
      ['pictures join PatchCore', none],
    ]);
    const rung = ladder!.rungs.find((r) => r.strategy === 'append' && r.pictures === 5)!;
    expect(means).toContainEqual(
      expect.objectContaining({
        ...{ line: 'pictures join PatchCore', pictures: 5 },
        value: rung.metrics.image_auroc!.value,
        low: rung.metrics.image_auroc!.interval!.low,
      }),
    );
  });

  it('draws every lamp and every ladder in a panel', async () => {
    const plot = ladderCurves(TEXT, ladders, 'specificity', 'Specificity');
    const lamps = new Set(plot!.rows.filter(({ kind }) => kind === 'lamp').map(({ lamp }) => lamp));
    expect(lamps.size).toBe(ladders[0]!.lamps.length);
    const svg = await drawn(plot);
    for (const { category } of ladders) expect(svg).toContain(`>${category}, PaDiM<`);
  });

  it('has nothing to draw of a metric that no ladder has', () => {
    expect(ladderCurves(TEXT, ladders, 'beauty', 'Beauty')).toBeNull();
    expect(ladderCurves(TEXT, [], 'image_auroc', 'Image AUROC')).toBeNull();
  });
});
