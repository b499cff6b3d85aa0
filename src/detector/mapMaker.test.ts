import { expect, test } from 'vitest';
import { DEFAULT_MAP } from './anomalyMap.ts';
import { openMapMaker } from './mapMaker.ts';

const SIZE = [24, 20] as const;
// d = [(i * i * 7) % 11 for i in range(12)], 3 x 4
const DISTANCES = Float32Array.from({ length: 12 }, (_, i) => (i * i * 7) % 11);

test('makes the map of one image: enlarged bilinearly, then blurred', async () => {
  await using maker = await openMapMaker([3, 4], SIZE, DEFAULT_MAP);
  const map = await maker.map(DISTANCES);
  expect(map).toHaveLength(24 * 20);
  // d at half-pixel centres, clipped at the border, interpolated in numpy to 24 x 20;
  // m = scipy.ndimage.gaussian_filter(enlarged, 4, mode='mirror', truncate=4)
  const at = (y: number, x: number) => map[y * 20 + x]!;
  expect(at(0, 0)).toBeCloseTo(2.2394790778462106, 5);
  expect(at(12, 7)).toBeCloseTo(6.847152844293163, 5);
  expect(at(23, 19)).toBeCloseTo(2.239479077846211, 5);
  expect(at(5, 18)).toBeCloseTo(6.49190709898438, 5);
  expect(map.reduce((sum, value) => sum + value, 0) / 2671.6667397128217).toBeCloseTo(1, 6);
});

test('has the highest value of several images at once', async () => {
  await using maker = await openMapMaker([3, 4], SIZE, DEFAULT_MAP);
  const both = Float32Array.of(...DISTANCES, ...DISTANCES.map((value) => 3 * value));
  const [first, second] = await maker.maxima(both);
  // m.max() of the above
  expect(first).toBeCloseTo(7.228831839812084, 5);
  expect(second).toBeCloseTo(3 * 7.228831839812084, 4);
  expect(first).toBe(Math.max(...(await maker.map(DISTANCES))));
});

test('of equal distances the map is flat', async () => {
  await using maker = await openMapMaker([3, 4], SIZE, DEFAULT_MAP);
  for (const value of await maker.map(new Float32Array(12).fill(2))) {
    expect(value).toBeCloseTo(2, 5);
  }
});
