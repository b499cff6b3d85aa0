import { expect, it } from 'vitest';
import { reportResult } from '../../../test/support/reportInput.ts';
import { scenarioWith } from '../../../test/support/scenarioWith.ts';
import { confidenceOf, macroOf, methodsOf, scenarioOf, scenariosOf } from './scenarioOf.ts';

const result = reportResult();

it('finds scenarios by what they are', () => {
  expect(scenarioOf(result, 'shift-full', 'zipper', 'padim')).toMatchObject({
    ...{ category: 'zipper', method: 'padim', scenario: 'shift-full' },
  });
  expect(scenarioOf(result, 'clean', 'spoon', 'padim')).toBeUndefined();
  expect(macroOf(result, 'shift-none', 'padim')).toBe(result.macro.shift_no_adaptation?.padim);
});

it('knows of methods and scenarios that were not run', () => {
  const { clean } = result.experiments;
  const one = {
    ...result,
    experiments: { clean: clean!.filter(({ method }) => method === 'padim') },
  };
  expect(methodsOf(result)).toEqual(['patchcore', 'padim']);
  expect(methodsOf(one)).toEqual(['padim']);
  expect(scenariosOf(one, 'shift-none')).toEqual([]);
  expect(methodsOf({ ...result, experiments: {} })).toEqual([]);
});

it('takes the confidence from the intervals', () => {
  const interval = { low: 0, high: 1, confidence: 0.9, method: 'bca' } as const;
  const metrics = { image_auroc: { value: 1, n: 1, deviation: null, interval } };
  expect(confidenceOf([scenarioWith({ metrics })])).toBe(0.9);
  expect(confidenceOf([])).toBe(0.95);
});
