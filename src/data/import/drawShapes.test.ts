import { describe, expect, it } from 'vitest';
import { drawShapes, type Point, rectangle, type Shape } from './drawShapes.ts';

function rows(shapes: readonly Shape[], width: number, height: number): string[] {
  const { data } = drawShapes(shapes, { width, height });
  return Array.from({ length: height }, (_, y) =>
    [...data.subarray(y * width, (y + 1) * width)].map((value) => (value ? '#' : '.')).join(''),
  );
}

const polygon = (...points: Point[]): Shape => ({ kind: 'polygon', points });

// Expected of both polygons, each with its `points`:
//   from skimage.measure import points_in_poly
//   points_in_poly([(x + .5, y + .5) for y in range(10) for x in range(12)], points)
// The second, which does not cross itself, is the same with Pillow's ImageDraw.polygon on an image
// 64 times as large, read at the pixels' centres.
describe('drawShapes', () => {
  it('draws a star that crosses itself with a hole', () => {
    const star = polygon([1.3, 2.2], [10.7, 3.1], [3.4, 8.6], [6.1, 0.4], [8.9, 9.2]);
    expect(rows([star], 12, 10)).toEqual([
      '............',
      '............',
      '..##.##.....',
      '...##..###..',
      '....#..##...',
      '....#.......',
      '....####....',
      '....#..#....',
      '...#....#...',
      '............',
    ]);
  });

  it('draws a concave outline', () => {
    const bracket = polygon(
      ...([
        [1.2, 1.1],
        [9.6, 1.4],
        [9.3, 3.2],
        [4.1, 3.4],
        [4.3, 6.7],
        [9.7, 6.6],
        [9.2, 8.8],
        [1.4, 8.7],
      ] as const),
    );
    expect(rows([bracket], 12, 10)).toEqual([
      '............',
      '.#########..',
      '.########...',
      '.###........',
      '.###........',
      '.###........',
      '.###........',
      '.########...',
      '.########...',
      '............',
    ]);
  });

  it('draws whole pixels as they are, in either direction, cut at the border', () => {
    expect(rows([rectangle([1, 1], [3, 2])], 4, 3)).toEqual(['....', '.##.', '....']);
    expect(rows([rectangle([3, 2], [1, 1])], 4, 3)).toEqual(['....', '.##.', '....']);
    expect(rows([rectangle([-5, 1], [2, 9])], 4, 3)).toEqual(['....', '##..', '##..']);
  });

  it('draws a disc: the centres nearer than the radius', () => {
    const disc: Shape = { kind: 'circle', centre: [2.5, 2.5], radius: 2.1 };
    // By hand: (dx, dy) up to (2, 0), (1, 1); (2, 1) is 2.24 away.
    expect(rows([disc], 5, 5)).toEqual(['..#..', '.###.', '#####', '.###.', '..#..']);
  });

  it('unites shapes', () => {
    const shapes = [rectangle([0, 0], [2, 2]), rectangle([1, 1], [3, 3])];
    expect(rows(shapes, 3, 3)).toEqual(['##.', '###', '.##']);
  });

  it('does not lose a scratch too thin to hold a centre', () => {
    expect(rows([polygon([0.1, 1.1], [2.9, 1.2], [0.1, 1.3])], 3, 3)).toEqual([
      '...',
      '#.#',
      '...',
    ]);
  });
});
