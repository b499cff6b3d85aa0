import { expect, it } from 'vitest';
import { heatPixels } from './heatPixels.ts';

const map = { width: 3, height: 1, data: Float32Array.of(1, 4, 8) };

it('glows where the map is above the threshold alone', () => {
  const pixels = heatPixels(map, 3, 'flaws');
  expect([...pixels.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
  expect(pixels[7]).toBeGreaterThan(0);
  expect(pixels[11]).toBeGreaterThan(pixels[7]!);
});

it('gives every distance a colour, lighter with distance', () => {
  const pixels = heatPixels(map, 3, 'all');
  const light = [0, 1, 2].map((at) => pixels.slice(4 * at, 4 * at + 3).reduce((a, b) => a + b));
  expect(light[1]).toBeGreaterThan(light[0]!);
  expect(light[2]).toBeGreaterThan(light[1]!);
});
