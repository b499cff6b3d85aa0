import { describe, expect, it } from 'vitest';
import { sha256 } from '../../core/hash.ts';
import { VISIBLE_DIFFERENCE } from './defectMask.ts';
import {
  renderSample,
  renderScene,
  type SampleRequest,
  SYNTHETIC_CATEGORIES,
  syntheticDefectTypes,
} from './renderSample.ts';

const base: SampleRequest = {
  category: 'carpet',
  seed: 42,
  size: 64,
  phase: 'test',
  defectType: 'good',
  index: 0,
};
const hashOf = (request: SampleRequest) => sha256(renderSample(request).image.data);

const everyDefect = SYNTHETIC_CATEGORIES.flatMap((category) =>
  syntheticDefectTypes(category).map((defectType) => ({ category, defectType })),
);

describe('renderSample', () => {
  it('knows the defects of MVTec AD', () => {
    expect(SYNTHETIC_CATEGORIES).toEqual(['hazelnut', 'carpet', 'zipper']);
    expect(everyDefect).toHaveLength(16);
  });

  it.each(SYNTHETIC_CATEGORIES)('gives the same %s for the same request only', (category) => {
    const request = { ...base, category };
    const hash = hashOf(request);
    expect(hashOf(request)).toBe(hash);
    expect(hashOf({ ...request, seed: 43 })).not.toBe(hash);
    expect(hashOf({ ...request, index: 1 })).not.toBe(hash);
    expect(hashOf({ ...request, phase: 'train' })).not.toBe(hash);
  });

  it('shows the same scene at every size', () => {
    for (const category of SYNTHETIC_CATEGORIES) {
      const small = renderSample({ ...base, category, size: 64 }).image;
      const large = renderSample({ ...base, category, size: 512 }).image;
      let difference = 0;
      for (let i = 0; i < 64 * 64; i++) {
        let sum = 0;
        for (let j = 0; j < 64; j++) {
          const row = (Math.floor(i / 64) * 8 + (j >> 3)) * 512;
          sum += large.data[(row + (i % 64) * 8 + (j & 7)) * 3]!;
        }
        difference += Math.abs(sum / 64 - small.data[i * 3]!);
      }
      expect(difference / (64 * 64)).toBeLessThan(8);
    }
  });

  it.each(everyDefect)(
    'paints a visible $defectType on the $category with an exact mask',
    (kind) => {
      for (let index = 0; index < 2; index++) {
        const request = { ...base, ...kind, size: 128, index };
        const { image, mask } = renderSample(request);
        const clean = renderScene(request, false);
        let marked = 0;
        let contrast = 0;
        let worstOutside = 0;
        for (let i = 0; i < 128 * 128; i++) {
          const difference = Math.max(
            ...[0, 1, 2].map((c) => Math.abs(image.data[i * 3 + c]! - clean.data[i * 3 + c]!)),
          );
          if (mask!.data[i] === 1) {
            marked++;
            contrast += difference;
          } else {
            worstOutside = Math.max(worstOutside, difference);
          }
        }
        expect(worstOutside).toBeLessThan(VISIBLE_DIFFERENCE);
        expect(marked).toBeGreaterThan(10);
        expect(marked).toBeLessThan(0.1 * 128 * 128);
        expect(contrast / marked).toBeGreaterThan(18);
      }
    },
  );

  it('gives no mask for a good image', () => {
    expect(renderSample(base).mask).toBeUndefined();
  });

  it('names the defects there are when asked for another', () => {
    expect(() => renderSample({ ...base, defectType: 'colour' })).toThrow(/did you mean "color"\?/);
    expect(() => renderSample({ ...base, defectType: 'rust' })).toThrow(/metal_contamination/);
  });

  it.each(SYNTHETIC_CATEGORIES)('is no task for the distance to the mean image: %s', (category) => {
    const pixels = (phase: 'train' | 'test', defectType: string, index: number) =>
      renderSample({ ...base, category, phase, defectType, index }).image.data;
    const train = Array.from({ length: 16 }, (_, i) => pixels('train', 'good', i));
    const mean = Float64Array.from(train[0]!, (_, i) =>
      train.reduce((sum, image) => sum + image[i]! / train.length, 0),
    );
    const distance = (image: Uint8Array) =>
      image.reduce((sum, value, i) => sum + (value - mean[i]!) ** 2, 0);
    const normal = Array.from({ length: 20 }, (_, i) => distance(pixels('test', 'good', i)));
    const types = syntheticDefectTypes(category);
    const anomalous = Array.from({ length: 28 }, (_, i) =>
      distance(pixels('test', types[i % types.length]!, Math.floor(i / types.length))),
    );
    const wins = anomalous.flatMap((a) => normal.map((n): number => (a > n ? 1 : 0)));
    const auroc = wins.reduce((sum, win) => sum + win, 0) / wins.length;
    expect(auroc).toBeLessThan(0.8);
  });
});
