import { describe, expect, it } from 'vitest';
import { numbersOf, runGraph } from '../../../test/support/runGraph.ts';
import { createRandom } from '../../core/random.ts';
import { float32 } from '../../tensor/elementType.ts';
import { anomalyMap } from '../anomalyMap.ts';
import { mapLines, mapPixels, mapReach, pixelsToPosition, smoothGrid } from './smoothGrid.ts';

it.each([
  [4, 1],
  [8, 2],
  [16, 4],
  [32, 8],
])('has for positions %i points apart %i pixels each way, weights together 1', (apart, pixels) => {
  expect(pixelsToPosition(apart)).toBe(pixels);
  for (const line of mapLines(apart)) {
    expect(line).toHaveLength(2 * mapReach(apart) + 1);
    expect(line.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
  }
});

it("gives the size of a photograph's map", () => {
  const tiling = { tile: 64, halo: 32, shrink: 2 };
  expect(mapPixels({ width: 1000, height: 601 }, tiling, 8)).toEqual({ width: 125, height: 76 });
});

describe('the smoothed grid', () => {
  // Of the same distances, the map at every point: a pixel of this one lies between 2 x 2 of those.
  it('is the map of an untiled inspector, seen every few points', async () => {
    const [apart, height, width] = [8, 12, 9];
    const random = createRandom('distances');
    const distances = Float32Array.from({ length: height * width }, () => random.uniform(1, 2));
    const reach = mapReach(apart);
    const inside = (place: number, size: number) =>
      place < 0 ? -1 - place : Math.min(place, 2 * size - 1 - place);
    const bordered: number[] = [];
    for (let y = -reach; y < height + reach; y++) {
      for (let x = -reach; x < width + reach; x++) {
        bordered.push(distances[inside(y, height) * width + inside(x, width)]!);
      }
    }
    const size = [height * apart, width * apart] as const;
    const grid = float32(Float32Array.from(bordered), [
      1,
      1,
      height + 2 * reach,
      width + 2 * reach,
    ]);
    const [found] = await runGraph([grid], (x) => smoothGrid(x, apart));
    const [full] = await runGraph([float32(distances, [height * width])], (x) =>
      anomalyMap(x, [height, width], size, {
        upsampling: 'bilinear',
        squared: false,
        border: 'symmetric',
      }),
    );
    expect(found!.dims).toEqual([1, 1, 2 * height, 2 * width]);
    const at = numbersOf(full!);
    numbersOf(found!).forEach((value, i) => {
      const [y, x] = [Math.floor(i / (2 * width)) * 4 + 1, (i % (2 * width)) * 4 + 1];
      const corners = [0, 1].flatMap((dy) => [0, 1].map((dx) => at[(y + dy) * size[1] + x + dx]!));
      // Between them, up to the curvature of a Gaussian of sigma 4 over half a point.
      const mean = corners.reduce((sum, corner) => sum + corner, 0) / 4;
      expect(Math.abs(value - mean)).toBeLessThan(0.004);
    });
  });

  it('is what a direct sum over the Gaussian gives', async () => {
    const [apart, size] = [8, 9];
    const random = createRandom('line');
    const line = Array.from({ length: size }, () => random.uniform(0, 1));
    const square = Float32Array.from({ length: size * size }, (_, i) => line[i % size]!);
    const [found] = await runGraph([float32(square, [1, 1, size, size])], (x) =>
      smoothGrid(x, apart),
    );
    const reach = mapReach(apart);
    const bilinear = (point: number) => {
      const place = point / apart - 0.5 + reach;
      const before = Math.floor(place);
      return line[before]! + (place - before) * ((line[before + 1] ?? 0) - line[before]!);
    };
    const columns = 2 * (size - 2 * reach);
    for (let pixel = 0; pixel < columns; pixel++) {
      let [sum, total] = [0, 0];
      for (let offset = -16; offset <= 16; offset++) {
        const weight = Math.exp(-(offset ** 2) / 32);
        sum += weight * bilinear(4 * pixel + 2 + offset);
        total += weight;
      }
      expect(numbersOf(found!)[pixel]!).toBeCloseTo(sum / total, 5);
    }
  });
});
