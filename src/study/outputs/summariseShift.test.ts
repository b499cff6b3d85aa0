import { describe, expect, test } from 'vitest';
import { makeTree } from '../../../test/support/tree.ts';
import type { ShiftedImage } from '../../shift/writeShiftedSamples.ts';
import { drawnParameters, summariseShift } from './summariseShift.ts';

const image = (filled: number, redraws: number, shift: Omit<ShiftedImage['shift'], 'redraws'>) => ({
  maskKnown: redraws === 0,
  filled,
  redraws,
  shift: { redraws, ...shift },
});

const IMAGES = [
  image(0.1, 0, { rotation: { degrees: -4 }, noise: { sigma: 0.02, seed: 99 } }),
  image(0.3, 2, { rotation: { degrees: 6 }, noise: { sigma: 0.04, seed: 7 } }),
  image(0.2, 0, { blur: { sigma: 1 } }),
];

describe('summariseShift', () => {
  test('counts, and says what was drawn', async () => {
    const folder = makeTree({ 'images.json': JSON.stringify(IMAGES) });
    const options = { category: 'nut', preset: 'blur' };
    const summary = await summariseShift({
      job: { id: 'shift/nut', stage: 'shift', kind: 'shift', options },
      artifact: { id: '', key: '', folder, measured: { seconds: 1, peakBytes: 1 }, files: [] },
    });
    expect(summary).toMatchObject({
      category: 'nut',
      images: 3,
      redraws: 2,
      maskUnknown: 1,
      filled: { mean: expect.closeTo(0.2), largest: 0.3 },
      summary: 'Gaussian blur, kernel 3 to 5 at 256 pixels',
    });
    expect(summary.drawn).toEqual(drawnParameters(IMAGES));
  });

  test('has the spread of every parameter over the images that have it, without seeds', () => {
    const drawn = drawnParameters(IMAGES);
    expect(drawn.map(({ transform, parameter, images }) => [transform, parameter, images])).toEqual(
      [
        ['rotation', 'degrees', 2],
        ['noise', 'sigma', 2],
        ['blur', 'sigma', 1],
      ],
    );
    expect(drawn[0]!.spread).toMatchObject({ min: -4, median: 1, max: 6 });
  });
});
