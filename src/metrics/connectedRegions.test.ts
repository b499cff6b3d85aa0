import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { connectedRegions } from './connectedRegions.ts';

function rasterOf(...rows: string[]) {
  const data = Uint8Array.from(rows.join(''), Number);
  return [data, rows[0]!.length, rows.length] as const;
}

describe('connectedRegions', () => {
  // skimage.measure.label(raster, connectivity=2) and regionprops of these.
  test('joins diagonals and numbers regions by their first pixels', () => {
    const { labels, count, regions } = connectedRegions(
      ...rasterOf('1000001', '0100010', '0010100', '0000000', '1110011', '1010011', '1110000'),
    );
    expect(count).toBe(4);
    expect([...labels].join('')).toBe('1000002010002000102000000000333004430300443330000');
    expect(regions).toEqual([
      { area: 3, box: { x: 0, y: 0, width: 3, height: 3 } },
      { area: 3, box: { x: 4, y: 0, width: 3, height: 3 } },
      { area: 8, box: { x: 0, y: 4, width: 3, height: 3 } },
      { area: 4, box: { x: 5, y: 4, width: 2, height: 2 } },
    ]);
  });

  test('joins what only meets further down, and not what lies inside a ring', () => {
    const { regions } = connectedRegions(
      ...rasterOf('10101', '10101', '01010', '00000', '11111', '10001', '10101', '10001', '11111'),
    );
    expect(regions).toEqual([
      { area: 8, box: { x: 0, y: 0, width: 5, height: 3 } },
      { area: 16, box: { x: 0, y: 4, width: 5, height: 5 } },
      { area: 1, box: { x: 2, y: 6, width: 1, height: 1 } },
    ]);
  });

  test('does not join across the border from row to row', () => {
    expect(connectedRegions(...rasterOf('0001', '1000')).count).toBe(2);
    expect(connectedRegions(...rasterOf('0001', '0000', '1000')).count).toBe(2);
  });

  test('knows empty, full and single-line rasters', () => {
    expect(connectedRegions(new Uint8Array(0), 0, 0)).toMatchObject({ count: 0, regions: [] });
    expect(connectedRegions(...rasterOf('000', '000')).count).toBe(0);
    expect(connectedRegions(...rasterOf('111', '111')).regions).toEqual([
      { area: 6, box: { x: 0, y: 0, width: 3, height: 2 } },
    ]);
    expect(connectedRegions(...rasterOf('10101')).count).toBe(3);
    expect(connectedRegions(...rasterOf('1', '0', '1', '1')).count).toBe(2);
  });

  test('takes any other value than 0 as set', () => {
    expect(connectedRegions(Uint8Array.of(255, 0, 7), 3, 1).count).toBe(2);
  });

  test('agrees with flooding from every pixel', () => {
    const size = fc.integer({ min: 1, max: 12 });
    const raster = fc
      .tuple(size, size)
      .chain(([width, height]) =>
        fc
          .array(fc.constantFrom(0, 1), { minLength: width * height, maxLength: width * height })
          .map((pixels) => [Uint8Array.from(pixels), width, height] as const),
      );
    fc.assert(
      fc.property(raster, ([pixels, width, height]) => {
        const found = connectedRegions(pixels, width, height);
        const expected = flood(pixels, width, height);
        expect([...found.labels]).toEqual(expected);
        found.regions.forEach((region, index) => {
          const members = [...expected.keys()].filter((at) => expected[at] === index + 1);
          const xs = members.map((at) => at % width);
          const ys = members.map((at) => Math.floor(at / width));
          const x = Math.min(...xs);
          const y = Math.min(...ys);
          const box = { x, y, width: Math.max(...xs) - x + 1, height: Math.max(...ys) - y + 1 };
          expect(region).toEqual({ area: members.length, box });
        });
        expect(found.count).toBe(Math.max(0, ...expected));
      }),
    );
  });
});

function flood(pixels: Uint8Array, width: number, height: number): number[] {
  const labels = new Array<number>(pixels.length).fill(0);
  let count = 0;
  for (let start = 0; start < pixels.length; start++) {
    if (pixels[start] === 0 || labels[start] !== 0) continue;
    count++;
    const open = [start];
    while (open.length > 0) {
      const at = open.pop()!;
      if (pixels[at] === 0 || labels[at] !== 0) continue;
      labels[at] = count;
      const x = at % width;
      const y = Math.floor(at / width);
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          open.push(ny * width + nx);
        }
      }
    }
  }
  return labels;
}
