import { expect, it } from 'vitest';
import { estimate, scenarioWith } from '../../../test/support/scenarioWith.ts';
import { largestLoss } from './largestLoss.ts';

const changed = (category: string, value: number, low: number, high: number) =>
  scenarioWith({ category, change: { image_auroc: estimate(value, low, high) } });

it('names the largest of the losses that are shown', () => {
  const scenarios = [
    changed('nut', -0.1, -0.2, -0.05),
    changed('bolt', -0.2, -0.3, -0.1),
    changed('cap', -0.4, -0.9, 0.1),
  ];
  expect(largestLoss(scenarios)).toBe(
    ' Largest in AUROC: bolt, PatchCore, a large loss of 0.20 [0.10, 0.30].',
  );
  expect(largestLoss([changed('cap', -0.4, -0.9, 0.1), scenarioWith()])).toBe(
    ' In none a loss of AUROC is shown.',
  );
});
