import { describe, expect, it } from 'vitest';
import { contourDistance } from './contour.ts';
import type { FloatMap } from './image.ts';

function mapOf(width: number, height: number, value: (x: number, y: number) => number): FloatMap {
  const data = new Float32Array(width * height);
  for (let i = 0; i < data.length; i++) data[i] = value(i % width, Math.floor(i / width));
  return { width, height, data };
}

describe('contourDistance', () => {
  it('measures to a straight line between pixels', () => {
    // The value is 2.25 at x = 2.25.
    const distances = contourDistance(
      mapOf(6, 3, (x) => x),
      2.25,
      2,
    );
    const middleRow = [...distances.subarray(6, 12)];
    expect(middleRow).toEqual([Infinity, 1.25, 0.25, 0.75, 1.75, Infinity]);
  });

  it('measures to a circle all round', () => {
    const radius = 7.3;
    const centre = 12.4;
    const distanceToCentre = (x: number, y: number) => Math.hypot(x - centre, y - centre);
    const distances = contourDistance(
      mapOf(26, 26, (x, y) => -distanceToCentre(x, y)),
      -radius,
      3,
    );
    distances.forEach((distance, i) => {
      const exact = Math.abs(distanceToCentre(i % 26, Math.floor(i / 26)) - radius);
      if (exact < 2.8) expect(Math.abs(distance - exact)).toBeLessThan(0.05);
      if (exact > 3.2) expect(distance).toBe(Infinity);
    });
  });

  it.each([
    ['above', 10],
    ['below', -10],
    ['exactly at', 3],
  ])('finds nothing in a level map %s the threshold', (_, value) => {
    const distances = contourDistance(
      mapOf(4, 4, () => value),
      3,
      2,
    );
    expect(distances.every((distance) => distance === Infinity)).toBe(true);
  });

  it('does not take a value at the level for one above it', () => {
    const spike = mapOf(3, 3, (x, y) => (x === 1 && y === 1 ? 3 : 0));
    expect(contourDistance(spike, 3, 1)[4]).toBe(Infinity);
    expect(contourDistance(spike, 2.9, 1)[4]).toBeLessThan(0.1);
  });

  it.each([
    ['joins the high corners of a saddle whose middle is high', 0.9, 0.4],
    ['parts them where its middle is low', 1.1, 0.6],
  ])('%s', (_, high, level) => {
    // High at top left and bottom right; the middle is high / 2.
    const saddle = { width: 2, height: 2, data: Float32Array.of(high, 0, 0, high) };
    const distances = contourDistance(saddle, level, 5);
    const toCorner = (share: number) => share / Math.SQRT2;
    // The lines cut off the low corners in the first case, the high ones in the second.
    const fromLow = level / high;
    const isJoined = high / 2 > level;
    const expectedAtLow = isJoined ? toCorner(fromLow) : fromLow;
    const expectedAtHigh = isJoined ? 1 - fromLow : toCorner(1 - fromLow);
    expect(distances[1]).toBeCloseTo(expectedAtLow, 5);
    expect(distances[0]).toBeCloseTo(expectedAtHigh, 5);
  });

  it('handles maps of one row or one pixel', () => {
    expect([
      ...contourDistance(
        mapOf(3, 1, (x) => x),
        1,
        1,
      ),
    ]).toEqual([Infinity, Infinity, Infinity]);
    expect(contourDistance(mapOf(1, 1, Number), 0, 1)).toHaveLength(1);
  });
});
