import { expect, test } from 'vitest';
import { drawn, marksOf } from '../../../test/support/drawn.ts';
import { alarmPaths } from './alarmPaths.ts';

test('has a path for each level and one line at which an alarm is raised', async () => {
  const points = ['unchanged', 'severe'].flatMap((level) =>
    [1, 2, 3].map((image) => ({ level, image, evidence: level === 'severe' ? image : -image })),
  );
  const svg = await drawn(alarmPaths({ id: 'a', title: 'A', sentence: 'S.' }, points, 2));
  expect(svg.match(/class="mark-line role-mark/g)).toHaveLength(2);
  expect(marksOf(svg, 'rule')).toBe(1);
  expect(svg).toContain('>severe<');
});
