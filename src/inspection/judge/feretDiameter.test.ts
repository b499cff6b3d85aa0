import { describe, expect, it } from 'vitest';
import { feretDiameter } from './feretDiameter.ts';

/** Of rows drawn with #, at an offset that must not matter. */
function ofRows(rows: readonly string[], across = 1, down = 1): number {
  const box = { x: 3, y: 5, width: rows[0]!.length, height: rows.length };
  const isRegion = (x: number, y: number) => rows[y - box.y]![x - box.x] === '#';
  return feretDiameter(isRegion, box, across, down);
}

describe('feretDiameter', () => {
  it.each([
    ['one pixel: its diagonal', ['#'], Math.SQRT2],
    ['a bar', ['####'], Math.hypot(4, 1)],
    ['a diagonal line', ['#..', '.#.', '..#'], Math.hypot(3, 3)],
    ['the other diagonal', ['..#', '.#.', '#..'], Math.hypot(3, 3)],
    ['a ring: its outline', ['.##.', '#..#', '#..#', '.##.'], Math.hypot(4, 2)],
    ['an L, from end to end', ['#...', '#...', '####'], Math.hypot(4, 3)],
  ])('is that of %s', (_name, rows, expected) => {
    expect(ofRows(rows)).toBeCloseTo(expected, 12);
  });

  it('counts pixels as wide and as high as they are', () => {
    expect(ofRows(['###', '###'], 2, 5)).toBeCloseTo(Math.hypot(6, 10), 12);
  });
});
