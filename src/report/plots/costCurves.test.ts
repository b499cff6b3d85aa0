import { expect, test } from 'vitest';
import { drawn, marksOf } from '../../../test/support/drawn.ts';
import { costCurves } from './costCurves.ts';

test('has a line for each set of images and a rule for each threshold', async () => {
  const panel = 'PaDiM, clean';
  const points = ['validation images', 'test images'].flatMap((on) =>
    [1, 2, 3].map((threshold) => ({ panel, on, threshold, cost: 1000 * threshold })),
  );
  const marks = [
    { panel, label: 'own', threshold: 2 },
    { panel, label: 'least cost', threshold: 1 },
  ];
  const plot = costCurves({ id: 'c', title: 'C', sentence: 'S.' }, points, marks, 'cost a day');
  const svg = await drawn(plot);
  expect(svg.match(/class="mark-line role-mark/g)).toHaveLength(2);
  expect(marksOf(svg, 'rule')).toBe(2);
  expect(svg).toContain('>2k<');
});
