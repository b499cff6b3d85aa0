import { describe, expect, it } from 'vitest';
import { sha256 } from '../../core/hash.ts';
import { splitBatch } from './splitBatch.ts';

const images = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ sha256: sha256(`image ${i}`) }));

const counts = (count: number, fpr: number, strict = false) => {
  const { joining, calibrating } = splitBatch(images(count), fpr, strict, 1);
  return [joining.length, calibrating.length];
};

describe('splitBatch', () => {
  it('calibrates on as many as the rate takes, and a fifth at least', () => {
    expect(counts(50, 0.05)).toEqual([31, 19]);
    expect(counts(500, 0.05)).toEqual([400, 100]);
    expect(counts(24, 0.05, true)).toEqual([5, 19]);
  });

  it('lets five join where there are few, unless the rate was asked for', () => {
    expect(counts(20, 0.05)).toEqual([5, 15]);
    expect(() => counts(20, 0.05, true)).toThrow(/at least 24.*19 that calibrate and 5 that join/s);
    expect(() => counts(9, 0.05)).toThrow(/at least 10/);
    expect(() => counts(100, 0.01, true)).toThrow(/at least 104/);
  });

  it('is a matter of seed and files, not of their order', () => {
    const all = images(40);
    const hashes = (split: ReturnType<typeof splitBatch>) =>
      split.calibrating.map((image) => image.sha256).sort();
    const first = hashes(splitBatch(all, 0.05, false, 1));
    expect(hashes(splitBatch([...all].reverse(), 0.05, false, 1))).toEqual(first);
    expect(hashes(splitBatch(all, 0.05, false, 2))).not.toEqual(first);
  });
});
