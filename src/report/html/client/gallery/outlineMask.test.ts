import { expect, test } from 'vitest';
import { outlineMask } from './outlineMask.ts';

const draw = (rows: readonly string[]): string[] => {
  const width = rows[0]!.length;
  const mask = new Uint8ClampedArray(
    [...rows.join('')].flatMap((c) => Array(4).fill(c === '#' ? 255 : 0)),
  );
  const outline = outlineMask(mask, width, rows.length, [1, 2, 3]);
  return rows.map((row, y) =>
    [...row].map((_, x) => (outline[4 * (y * width + x) + 3] === 255 ? '#' : '.')).join(''),
  );
};

test('is the edge of a defect, open nowhere', () => {
  expect(draw(['.......', '.#####.', '.#####.', '.#####.', '.......'])).toEqual([
    '.......',
    '.#####.',
    '.#...#.',
    '.#####.',
    '.......',
  ]);
});

test('closes along the edge of the image, and has the colour asked for', () => {
  expect(draw(['###', '###', '###'])).toEqual(['###', '#.#', '###']);
  const one = outlineMask(new Uint8ClampedArray([255, 255, 255, 255]), 1, 1, [1, 2, 3]);
  expect([...one]).toEqual([1, 2, 3, 255]);
});
