import { describe, expect, it } from 'vitest';
import { describeWithShared, referenceJson, referenceNpy } from '../../../test/support/shared.ts';
import { createRandom } from '../../core/random.ts';
import { greedyCoreset } from './coreset.ts';

function naive(points: Float32Array, dimension: number, count: number, start: number): number[] {
  const pointCount = points.length / dimension;
  const nearest = new Float64Array(pointCount).fill(Number.POSITIVE_INFINITY);
  const selected = [start];
  while (selected.length < count) {
    const centre = selected.at(-1)!;
    let farthest = -1;
    for (let i = 0; i < pointCount; i++) {
      let sum = 0;
      for (let k = 0; k < dimension; k++) {
        sum += (points[i * dimension + k]! - points[centre * dimension + k]!) ** 2;
      }
      nearest[i] = i === centre ? -1 : Math.min(nearest[i]!, sum);
      if (farthest < 0 || nearest[i]! > nearest[farthest]!) farthest = i;
    }
    selected.push(farthest);
  }
  return selected;
}

describe('greedyCoreset', () => {
  it.each([
    [500, 3, 60],
    [3000, 16, 500],
    [1500, 8, 1500],
  ])(
    'chooses what one centre at a time chooses (%i points, %i-d, %i rows)',
    async (n, dimension, count) => {
      const random = createRandom(`coreset ${n}`);
      const points = Float32Array.from({ length: n * dimension }, () =>
        Math.fround(random.normal()),
      );
      const { chosen: selected } = await greedyCoreset(points.slice(), dimension, count, {
        start: 7,
      });
      expect(Array.from(selected)).toEqual(naive(points, dimension, count, 7));
    },
  );

  it('chooses within 1e-5 of the float64 maximum at every step, on features like those of patches', async () => {
    // Few strong directions, far from zero, many near neighbours: where float32 cancels most.
    const random = createRandom('patches');
    const [n, dimension, count] = [4000, 128, 600];
    const centres = Float64Array.from(
      { length: 40 * dimension },
      (_, i) => 20 + random.normal() * Math.exp(-0.05 * (i % dimension)),
    );
    const points = Float32Array.from({ length: n * dimension }, (_, i) => {
      const centre = Math.floor(i / dimension) % 40;
      return centres[centre * dimension + (i % dimension)]! + 0.1 * random.normal();
    });
    const { chosen: selected } = await greedyCoreset(points.slice(), dimension, count, {
      start: 0,
    });
    const nearest = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
    for (let step = 0; step < count; step++) {
      const centre = selected[step]!;
      if (step > 0) {
        const farthest = Math.sqrt(nearest.reduce((most, value) => Math.max(most, value)));
        expect(Math.sqrt(nearest[centre]!)).toBeGreaterThan(farthest * (1 - 1e-5));
      }
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let k = 0; k < dimension && sum < nearest[i]!; k++) {
          sum += (points[i * dimension + k]! - points[centre * dimension + k]!) ** 2;
        }
        nearest[i] = Math.min(nearest[i]!, sum);
      }
    }
  });

  it('breaks ties by the lowest index and survives duplicates', async () => {
    // A 30 x 30 grid of whole numbers, each point twice: nothing but ties, exact in float32.
    const points = Float32Array.from({ length: 1800 * 2 }, (_, i) => {
      const point = Math.floor(i / 4);
      return i % 2 === 0 ? Math.floor(point / 30) - 14.5 : (point % 30) - 14.5;
    });
    const { chosen: selected } = await greedyCoreset(points.slice(), 2, 1000, { start: 0 });
    expect(Array.from(selected)).toEqual(naive(points, 2, 1000, 0));
    expect(new Set(selected).size).toBe(1000);
  });

  it('meets all points a few times, not once for each row', async () => {
    const random = createRandom('passes');
    const points = Float32Array.from({ length: 6000 * 8 }, () => random.normal());
    let passes = 0;
    await greedyCoreset(points, 8, 1200, { start: 0, onProgress: () => passes++ });
    expect(passes).toBeGreaterThan(0);
    expect(passes).toBeLessThanOrEqual(12);
  });

  it('makes no second copy of the points', async () => {
    const random = createRandom('memory');
    // Many: each pass leaves 4 MB of products behind, until they are collected.
    const points = Float32Array.from({ length: 100_000 * 128 }, () => random.normal());
    const held = () => process.memoryUsage().arrayBuffers;
    const before = held();
    // What other tests have left may be freed meanwhile: less than before is no failure.
    const found: number[] = [];
    const onProgress = () => found.push(held() - before);
    await greedyCoreset(points, 128, 300, { start: 0, onProgress });
    expect(found).not.toEqual([]);
    const most = Math.max(...found);
    expect(most).toBeLessThan(points.byteLength / 2);
  });

  it('stops when its signal is aborted', async () => {
    const points = new Float32Array(2000).map((_, i) => i % 997);
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(greedyCoreset(points, 2, 500, { start: 0, signal })).rejects.toThrow('stopped');
  });

  it('refuses more rows than there are points', async () => {
    await expect(greedyCoreset(new Float32Array(8), 2, 5, { start: 0 })).rejects.toThrow(
      /1 to 4 rows/,
    );
  });
});

describeWithShared('against the reference selection', () => {
  it('chooses the same 400 rows', async () => {
    const { shape, data } = referenceNpy('kcenter_input.npy');
    const { start, selected } = referenceJson<{ start: number; selected: number[] }>(
      'kcenter.json',
    );
    const { chosen } = await greedyCoreset(data as Float32Array, shape[1]!, selected.length, {
      start,
    });
    expect(Array.from(chosen)).toEqual(selected);
  });
});
