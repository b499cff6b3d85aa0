import { describe, expect, it } from 'vitest';
import { pattern } from '../../test/support/pattern.ts';
import type { RgbImage } from '../image/image.ts';
import { createDescriber } from './describeImage.ts';

const flat = (value: number): RgbImage => ({
  width: 4,
  height: 4,
  data: new Uint8Array(48).fill(value),
});

/** Patches that no distance is asked of. */
const patches = (...embedding: number[]) => ({
  embedding: Float32Array.from(embedding),
  distances: Float32Array.of(0),
});

describe('createDescriber', () => {
  it('measures light, contrast and sharpness', () => {
    const describer = createDescriber(2, 42);
    const dark = describer(flat(10), patches(0, 0));
    expect(dark.brightness).toBeCloseTo(10, 5);
    expect(dark.contrast).toBeCloseTo(0, 5);
    expect(dark.sharpness).toBeCloseTo(0, 5);
    expect(describer(flat(200), patches(0, 0)).brightness).toBeCloseTo(200, 5);
  });

  it('measures colour, noise and shading, each under its own name', () => {
    // As in the tests of these measures.
    expect(createDescriber(1, 42)(pattern(), patches(0))).toMatchObject({
      saturation: expect.closeTo(0.7901516065895401, 10),
      noise: expect.closeTo(1.5988946221113074, 4),
      shadingX: expect.closeTo(1.747419873430971, 5),
      shadingY: expect.closeTo(0.5490946183917924, 5),
      corners: expect.closeTo(-0.2516016567781847, 5),
    });
  });

  it('measures the distance of patches that look normal, whatever a flaw makes of others', () => {
    // np.quantile([5, 1, 4, 2, 3], 0.25)
    const describer = createDescriber(1, 42);
    const normal = { embedding: Float32Array.of(0), distances: Float32Array.of(5, 1, 4, 2, 3) };
    expect(describer(flat(0), normal).distance).toBe(2);
    const flawed = { ...normal, distances: Float32Array.of(500, 1, 400, 2, 3) };
    expect(describer(flat(0), flawed).distance).toBe(2);
  });

  it('projects the mean row of the embedding, linearly', () => {
    const describer = createDescriber(3, 42);
    const one = describer(flat(0), patches(1, 2, 3, 5, 0, -1)).embedding;
    const mean = describer(flat(0), patches(3, 1, 1)).embedding;
    const doubled = describer(flat(0), patches(6, 2, 2)).embedding;
    expect(one).toHaveLength(16);
    for (const [i, value] of one.entries()) {
      expect(value).toBeCloseTo(mean[i]!, 12);
      expect(doubled[i]).toBeCloseTo(2 * mean[i]!, 12);
    }
    expect(new Set(one).size).toBe(16);
  });

  it('looks in the same directions for one seed, in others for another', () => {
    const row = patches(1, -1);
    const first = createDescriber(2, 42)(flat(0), row).embedding;
    expect(createDescriber(2, 42)(flat(0), row).embedding).toEqual(first);
    expect(createDescriber(2, 43)(flat(0), row).embedding).not.toEqual(first);
  });
});
