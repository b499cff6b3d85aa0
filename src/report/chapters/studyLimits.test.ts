import { expect, it } from 'vitest';
import { reportResult } from '../../../test/support/reportInput.ts';
import { estimate, scenarioWith } from '../../../test/support/scenarioWith.ts';
import { studyLimits } from './studyLimits.ts';

const limits = (low: number, own: Parameters<typeof reportResult>[0] = {}) =>
  studyLimits(
    reportResult({
      experiments: {
        clean: [scenarioWith({ metrics: { image_auroc: estimate(0.95, low, 0.99) } })],
      },
      ...own,
    }),
  ).join(' ');

it('speaks of few images only where intervals are wide', () => {
  expect(limits(0.8)).toContain('down to 2 test images of a class');
  expect(limits(0.8)).toContain('up to 0.19 wide');
  expect(limits(0.95)).not.toContain('Few images');
});

it('speaks of a computed shift only where there is one', () => {
  expect(limits(0.8)).toContain('The shift is computed');
  expect(limits(0.8, { shift: [] })).not.toContain('The shift is computed');
});

it('tells painted images from photographs', () => {
  const config = (root: string | null) => ({ dataset: { root, synthetic: { train: 5 } } });
  expect(limits(0.8, { config: config(null) })).toContain('The images are painted');
  expect(limits(0.8, { config: config('data') })).not.toContain('The images are painted');
});

it('names the backbone and what few categories cannot say', () => {
  expect(limits(0.8)).toMatch(/One backbone, .*2 categories are too few/);
});
