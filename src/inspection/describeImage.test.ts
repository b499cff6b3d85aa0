import { describe, expect, it } from 'vitest';
import type { RgbImage } from '../image/image.ts';
import { createDescriber } from './describeImage.ts';

const flat = (value: number): RgbImage => ({
  width: 4,
  height: 4,
  data: new Uint8Array(48).fill(value),
});

describe('createDescriber', () => {
  it('measures light, contrast and sharpness', () => {
    const describer = createDescriber(2, 42);
    const dark = describer(flat(10), Float32Array.of(0, 0));
    expect(dark.brightness).toBeCloseTo(10, 5);
    expect(dark.contrast).toBeCloseTo(0, 5);
    expect(dark.sharpness).toBeCloseTo(0, 5);
    expect(describer(flat(200), Float32Array.of(0, 0)).brightness).toBeCloseTo(200, 5);
  });

  it('projects the mean row of the embedding, linearly', () => {
    const describer = createDescriber(3, 42);
    const one = describer(flat(0), Float32Array.of(1, 2, 3, 5, 0, -1)).embedding;
    const mean = describer(flat(0), Float32Array.of(3, 1, 1)).embedding;
    const doubled = describer(flat(0), Float32Array.of(6, 2, 2)).embedding;
    expect(one).toHaveLength(16);
    for (const [i, value] of one.entries()) {
      expect(value).toBeCloseTo(mean[i]!, 12);
      expect(doubled[i]).toBeCloseTo(2 * mean[i]!, 12);
    }
    expect(new Set(one).size).toBe(16);
  });

  it('looks in the same directions for one seed, in others for another', () => {
    const row = Float32Array.of(1, -1);
    const first = createDescriber(2, 42)(flat(0), row).embedding;
    expect(createDescriber(2, 42)(flat(0), row).embedding).toEqual(first);
    expect(createDescriber(2, 43)(flat(0), row).embedding).not.toEqual(first);
  });
});
