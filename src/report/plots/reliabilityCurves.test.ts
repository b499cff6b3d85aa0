import { expect, test } from 'vitest';
import { drawn, marksOf } from '../../../test/support/drawn.ts';
import { reliabilityCurves } from './reliabilityCurves.ts';

test('has a point and an interval for each bin, panels in the order given', async () => {
  const bin = {
    method: 'padim' as const,
    predicted: 0.4,
    observed: 0.5,
    low: 0.1,
    high: 0.9,
    n: 3,
  };
  const points = [
    { ...bin, panel: 'shifted' },
    { ...bin, panel: 'clean' },
  ];
  const text = { id: 'r', title: 'R', sentence: 'S.' };
  const plot = reliabilityCurves(text, points, ['clean', 'absent', 'shifted']);
  const svg = await drawn(plot);
  expect(marksOf(svg, 'symbol')).toBe(2);
  expect(marksOf(svg, 'rule')).toBe(2);
  expect(svg.indexOf('>clean<')).toBeLessThan(svg.indexOf('>shifted<'));
  expect(svg).not.toContain('>absent<');
});
