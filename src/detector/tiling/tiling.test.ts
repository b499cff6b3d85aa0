import { describe, expect, it } from 'vitest';
import { checkLattice, checkTiling, tileCount, tileStart, tilesAlong } from './tiling.ts';

const TILING = { tile: 64, halo: 32, shrink: 1 };

describe('tilesAlong', () => {
  it.each([
    // A window alone: 64 + 2 x 32.
    [100, { points: 100, padded: 128, count: 2 }],
    [128, { points: 128, padded: 128, count: 2 }],
    [129, { points: 129, padded: 160, count: 3 }],
    [1000, { points: 1000, padded: 1024, count: 16 }],
  ])('of %i pixels', (pixels, expected) => {
    expect(tilesAlong(pixels, TILING)).toEqual(expected);
  });

  it('counts points of several pixels, the last one perhaps not full', () => {
    expect(tilesAlong(1001, { ...TILING, shrink: 3 })).toEqual({
      points: 334,
      padded: 352,
      count: 6,
    });
  });
});

it('covers every point with tiles that do not reach beyond the padded photograph', () => {
  for (const pixels of [1, 128, 129, 500, 1023, 4000]) {
    const along = tilesAlong(pixels, TILING);
    const covered = new Set<number>();
    for (let i = 0; i < along.count; i++) {
      const start = tileStart(i, along, TILING);
      expect(start % 32).toBe(0);
      for (let point = start; point < start + TILING.tile; point++) covered.add(point);
    }
    expect(covered.size).toBe(along.padded);
    expect(Math.max(...covered)).toBe(along.padded - 1);
  }
});

it('counts the tiles of a photograph', () => {
  expect(tileCount({ width: 129, height: 1000 }, TILING)).toBe(3 * 16);
});

it.each([
  ['--tile', { tile: 500 }, 'use --tile 512'],
  ['--tile', { tile: 16 }, 'use --tile 32'],
  ['--halo', { halo: 40 }, 'use --halo 32'],
  ['--shrink', { shrink: 1.5 }, '--shrink 2'],
])('refuses %s of %j', (option, changes, remedy) => {
  const check = () => checkTiling({ ...TILING, ...changes });
  expect(check).toThrow(`${option} is out of range`);
  expect(check).toThrow(remedy);
});

it('refuses layers whose positions are not the same in every tile', () => {
  expect(() => checkLattice(128, [16, 8, 4])).not.toThrow();
  expect(() => checkLattice(128, [16, 2])).toThrow(/2 positions over 128 pixels/);
  expect(() => checkLattice(128, [15])).toThrow(/does not work on tiles/);
});
