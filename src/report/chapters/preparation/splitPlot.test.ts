import { expect, test } from 'vitest';
import { splitPlot } from './splitPlot.ts';

test('splitPlot has a bar for each part, in the order of the work', () => {
  const images = (train: number, val: number, own: number) => ({ train, val, test: own });
  const types = [
    { type: 'good', label: 'normal' as const, images: images(30, 10, 7) },
    { type: 'cut', label: 'anomalous' as const, images: images(0, 1, 3) },
    { type: 'hole', label: 'anomalous' as const, images: images(0, 0, 2) },
  ];
  const { rows } = splitPlot([{ name: 'nut', types }], 'Few.');
  expect(rows.map(({ label, part, value }) => [label, part, value])).toEqual([
    ['training', 'normal', 30],
    ['training', 'anomalous', 0],
    ['validation', 'normal', 10],
    ['validation', 'anomalous', 1],
    ['test', 'normal', 7],
    ['test', 'anomalous', 5],
  ]);
});
