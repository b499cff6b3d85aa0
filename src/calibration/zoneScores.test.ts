import { describe, expect, test } from 'vitest';
import { createRandom, type Random } from '../core/random.ts';
import { conformalThreshold } from './conformalThreshold.ts';
import { fitZones, leaveOneOutZoneScores, zoneMaxima, zoneScale, zoneScore } from './zoneScores.ts';

describe('zoneMaxima', () => {
  test('are of the patches in each zone', () => {
    // 4 x 6 patches, their distance is their index.
    const distances = Array.from({ length: 24 }, (_, patch) => patch);
    expect(zoneMaxima(distances, [4, 6], { rows: 2, columns: 3 })).toEqual([7, 9, 11, 19, 21, 23]);
    expect(zoneMaxima(distances, [4, 6], { rows: 1, columns: 1 })).toEqual([23]);
  });

  test('cover a grid that does not divide evenly', () => {
    const distances = Array.from({ length: 49 }, (_, patch) => patch);
    // Rows and columns 0-1, 2-3, 4-5 and 6 of 7.
    const maxima = zoneMaxima(distances, [7, 7], { rows: 4, columns: 4 });
    expect(maxima.slice(0, 4)).toEqual([8, 10, 12, 13]);
    expect(maxima.slice(12)).toEqual([43, 45, 47, 48]);
  });

  test('are of single patches where the grid is small', () => {
    expect(fitZones([2, 28], { rows: 4, columns: 4 })).toEqual({ rows: 2, columns: 4 });
  });
});

describe('zoneScale', () => {
  test('is median and robust spread, no spread below a quarter of the median one', () => {
    const normals = [
      [1, 10, 5],
      [2, 20, 5],
      [3, 30, 5],
      [4, 40, 5],
      [5, 50, 5],
    ];
    // scipy.stats.median_abs_deviation(x, scale=1 / 1.4826): 1.4826, 14.826, 0
    const { centres, spreads } = zoneScale(normals)!;
    expect(centres).toEqual([3, 30, 5]);
    expect(spreads[0]).toBeCloseTo(1.4826, 12);
    expect(spreads[1]).toBeCloseTo(14.826, 12);
    expect(spreads[2]).toBeCloseTo(1.4826 / 4, 12);
    const scale = { centres, spreads };
    expect(zoneScore([3, 59.652, 5], scale)).toBeCloseTo(2, 9);
    expect(zoneScore([0, 0, 4], scale)).toBeCloseTo(-30 / 14.826, 9);
  });

  test('there is none of images that do not differ, or of none', () => {
    expect(zoneScale([])).toBeNull();
    expect(zoneScale([[1, 2]])).toBeNull();
    expect(
      zoneScale([
        [1, 2],
        [1, 2],
      ]),
    ).toBeNull();
    expect(leaveOneOutZoneScores([[1], [2]])).toBeNull();
    expect(leaveOneOutZoneScores([])).toEqual([]);
  });
});

describe('a threshold on zone scores', () => {
  /** Sixteen zones with their own level and spread, their maxima partly of one cause. */
  const image = (random: Random) => {
    const gumbel = () => -Math.log(-Math.log(Math.max(random.next(), 1e-12)));
    const shared = gumbel();
    return Array.from(
      { length: 16 },
      (_, zone) => 5 * zone + 2 ** (zone / 4) * (0.3 * shared + 0.7 * gumbel()),
    );
  };

  /** Shares of new images above thresholds at 10%, averaged over validation sets of 20. */
  function simulate(standardise: (normals: number[][]) => number[]): number {
    const random = createRandom('zones');
    const sets = 600;
    let above = 0;
    for (let set = 0; set < sets; set++) {
      const normals = Array.from({ length: 20 }, () => image(random));
      const { threshold } = conformalThreshold(standardise(normals), 0.1);
      const scale = zoneScale(normals)!;
      for (let i = 0; i < 20; i++) if (zoneScore(image(random), scale) > threshold) above++;
    }
    return above / (20 * sets);
  }

  test('keeps its promise with each image left out of its own scale, and only so', () => {
    const promised = 2 / 21;
    const leftOut = simulate((normals) => leaveOneOutZoneScores(normals)!);
    expect(leftOut).toBeLessThan(promised);
    expect(leftOut).toBeGreaterThan(0.05);
    const together = simulate((normals) =>
      normals.map((maxima) => zoneScore(maxima, zoneScale(normals)!)),
    );
    expect(together).toBeGreaterThan(promised);
  });
});
