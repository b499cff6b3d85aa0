import { describe, expect, test } from 'vitest';
import { globalResult } from './globalModel.ts';
import type { ScenarioScores } from './scenario.ts';

const settings = { seeds: [42], fpr: 0.05, bootstrap: 200, confidence: 0.95, seed: 42 };
const NO_PIXELS = {
  values: { pixel_auroc: null, pixel_average_precision: null, pro: null },
  counted: null,
};

function scores(offset: number): ScenarioScores {
  const part = (own: number[]) => ({
    images: own.map((_, i) => ({
      id: String(i),
      label: i < own.length / 2 ? ('normal' as const) : ('anomalous' as const),
      defectType: 'x',
    })),
    scores: [own.map((score) => score + offset)],
  });
  return {
    validation: part([1, 2, 3, 5, 6, 7]),
    test: part([1, 2, 3, 4, 5, 6, 7, 8]),
    pixel: [NO_PIXELS],
  };
}

const category = (name: string, offset: number) => ({
  category: name,
  pooled: scores(offset),
  own: scores(0),
  routing: null,
  covarianceInflation: null,
});

describe('globalResult', () => {
  const name = { method: 'padim', seed: 42, bankRows: null } as const;

  test('a global model of one category loses nothing', () => {
    const { categories, pooledThresholds } = globalResult(name, [category('nut', 0)], settings);
    const [nut] = categories;
    expect(nut!.ownThresholds).toEqual(pooledThresholds);
    expect(nut!.pooled).toEqual(nut!.perCategory);
    for (const [, { value }] of Object.entries(nut!.loss.own)) expect([0, null]).toContain(value);
  });

  test('categories that score differently lose under one threshold, not under their own', () => {
    const both = [category('nut', 0), category('carpet', 100)];
    const { categories } = globalResult(name, both, settings);
    for (const { loss, perCategory, own } of categories) {
      expect(loss.own.f1!.value).toBe(0);
      expect(own.f1!.value).toBe(perCategory.f1!.value);
    }
    const lost = categories.map(({ loss }) => loss.pooled.balanced_accuracy!.value!);
    expect(Math.max(...lost)).toBe(0.5);
  });
});
