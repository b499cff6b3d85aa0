import { expect, test } from 'vitest';
import { drawn, HOSTILE_NAME, marksOf } from '../../../test/support/drawn.ts';
import { shareBars } from './shareBars.ts';

test('cuts each bar into its parts, negative ones as well', async () => {
  const bar = (label: string, ...shares: number[]) =>
    shares.map((share, at) => ({ panel: 'PaDiM', label, part: `layer${at + 1}`, share }));
  const shares = [...bar('a.png', 0.25, 0.75), ...bar(HOSTILE_NAME, 1.2, -0.2)];
  const svg = await drawn(shareBars({ id: 's', title: 'S', sentence: 'S.' }, shares, 'share'));
  expect(marksOf(svg, 'rect')).toBe(4);
  expect(svg).toContain('>layer2<');
});
