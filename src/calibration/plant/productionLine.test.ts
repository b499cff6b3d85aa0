import { expect, test } from 'vitest';
import { type ProductionLine, requireLine } from './productionLine.ts';

const LINE: ProductionLine = {
  partsPerDay: 20_000,
  defectRate: 0.002,
  escapeCost: 50,
  falseRejectCost: 0.4,
  currency: null,
  promisedFpr: 0.01,
};

test('a line is let pass', () => {
  expect(() => requireLine(LINE)).not.toThrow();
});

test.each<[Partial<ProductionLine>, RegExp]>([
  [{ partsPerDay: 0 }, /number of parts a day is out of range.*a number above 0.*0/s],
  [{ partsPerDay: Number.POSITIVE_INFINITY }, /parts a day/],
  [{ defectRate: 0 }, /defect rate.*above 0 and below 1.*such as 0.002/s],
  [{ defectRate: 1 }, /defect rate/],
  [{ defectRate: 2 }, /defect rate/],
  [{ escapeCost: 0 }, /cost of an escape/],
  [{ escapeCost: -3 }, /cost of an escape.*-3.*to do: +give an estimate/s],
  [{ falseRejectCost: Number.NaN }, /cost of a false reject.*NaN/s],
  [{ promisedFpr: 1 }, /false positive rate/],
])('%j is refused', (change, message) => {
  expect(() => requireLine({ ...LINE, ...change })).toThrow(message);
});
