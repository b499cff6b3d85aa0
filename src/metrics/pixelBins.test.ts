import { describe, expect, test } from 'vitest';
import { createRandom } from '../core/random.ts';
import { binFinder, createBinSum } from './pixelBins.ts';
import { bitsOf, orderedKey } from './scoreKey.ts';

describe('createBinSum', () => {
  test('makes a few hundred bins of a million different scores, none of them large', () => {
    const scores = 1e6;
    const total = { normals: scores, anomalies: 0, coverage: 0 };
    const sum = createBinSum(total, 0.3);
    for (let key = scores; key > 0; key--) sum.add(1, 0, 0, key);
    const { lowest, tied } = sum.value();
    expect(lowest.length).toBeGreaterThan(100);
    expect(lowest.length).toBeLessThan(200);
    expect(lowest.at(-1)).toBe(1);
    // Up to the limit of 0.3 bins are narrower than above it.
    const widths = [...lowest].map((key, i) => (lowest[i - 1] ?? scores + 1) - key);
    expect(Math.max(...widths)).toBeLessThanOrEqual(17_501);
    expect(Math.max(...widths.slice(0, 90))).toBeLessThanOrEqual(3_751);
    expect(widths.reduce((sum, width) => sum + width, 0)).toBe(scores);
    expect(tied.every((value) => value === 0)).toBe(true);
  });

  test('gives a score that many pixels share a bin of its own', () => {
    const total = { normals: 5e5, anomalies: 0, coverage: 0 };
    const sum = createBinSum(total, 0.3);
    for (let key = 3e5; key > 2e5; key--) sum.add(1, 0, 0, key);
    sum.add(3e5, 0, 0, 2e5);
    for (let key = 2e5 - 1; key >= 1e5; key--) sum.add(1, 0, 0, key);
    const { lowest, tied } = sum.value();
    const bin = lowest.indexOf(2e5);
    expect(tied[bin]).toBe(1);
    expect(lowest[bin - 1]).toBe(2e5 + 1);
    expect(tied.filter((value) => value === 1)).toHaveLength(1);
  });
});

describe('binFinder', () => {
  test('finds the bin whose scores enclose a score, whatever its sign and size', () => {
    const random = createRandom('bins');
    const scores = Float32Array.from({ length: 3000 }, (_, i) =>
      i % 3 === 0 ? random.normal() * 1e20 ** (random.next() - 0.5) : 1 + i * 1e-6,
    );
    const keys = Array.from(bitsOf(scores), (bits) => orderedKey(bits) >>> 0);
    const ordered = [...keys].sort((a, b) => b - a);
    const lowest = Uint32Array.from(ordered.filter((_, i) => i % 10 === 9));
    const binOf = binFinder({ lowest, tied: new Uint8Array(lowest.length) });
    for (const key of keys) {
      expect(binOf(key | 0)).toBe(lowest.findIndex((low) => low <= key));
    }
  });
});
