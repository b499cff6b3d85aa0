import { describe, expect, it } from 'vitest';
import type { RgbImage } from '../../image/image.ts';
import { differenceMask, VISIBLE_DIFFERENCE } from './defectMask.ts';

const SIZE = 128;

/** A grey image with single channels changed at [column, row, channel, difference]. */
function changed(...changes: [number, number, number, number][]): RgbImage {
  const data = new Uint8Array(SIZE * SIZE * 3).fill(100);
  for (const [column, row, channel, difference] of changes) {
    data[(row * SIZE + column) * 3 + channel]! += difference;
  }
  return { width: SIZE, height: SIZE, data };
}

function pixelsOf(...changes: [number, number, number, number][]): string[] {
  const mask = differenceMask(changed(), changed(...changes));
  return [...mask.data.entries()]
    .filter(([, value]) => value === 1)
    .map(([index]) => `${index % SIZE},${Math.floor(index / SIZE)}`);
}

describe('differenceMask', () => {
  it('marks a visible change in any channel, brighter or darker, and no other', () => {
    const d = VISIBLE_DIFFERENCE;
    expect(pixelsOf([9, 5, 0, d])).toEqual(['9,5']);
    expect(pixelsOf([9, 5, 2, -d])).toEqual(['9,5']);
    expect(pixelsOf([9, 5, 1, d - 1])).toEqual([]);
  });

  it('closes small gaps only', () => {
    expect(pixelsOf([9, 5, 0, 50], [11, 5, 0, 50])).toEqual(['9,5', '10,5', '11,5']);
    expect(pixelsOf([9, 5, 0, 50], [9, 7, 0, 50])).toEqual(['9,5', '9,6', '9,7']);
    expect(pixelsOf([9, 5, 0, 50], [12, 5, 0, 50])).toHaveLength(4);
    expect(pixelsOf([9, 5, 0, 50], [13, 5, 0, 50])).toEqual(['9,5', '13,5']);
  });

  it('neither loses nor grows what touches the border', () => {
    const end = SIZE - 1;
    expect(pixelsOf([0, 0, 0, 50], [end, end, 0, 50])).toEqual(['0,0', `${end},${end}`]);
  });
});
