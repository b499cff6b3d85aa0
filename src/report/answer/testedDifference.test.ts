import { describe, expect, it } from 'vitest';
import { reportResult } from '../../../test/support/reportInput.ts';
import { probability, testedDifference, verdictWords } from './testedDifference.ts';

const result = reportResult();
const clean = { scenario: 'clean', method: 'patchcore' } as const;
const shifted = { scenario: 'shift-none', method: 'patchcore' } as const;
const tested = { value: 0.1, interval: null, family: 21, level: 0.05 } as const;

describe('testedDifference', () => {
  it('turns a difference round where it was tested the other way', () => {
    const one = testedDifference(result, 'image_auroc', 'hazelnut', shifted, clean)!;
    const other = testedDifference(result, 'image_auroc', 'hazelnut', clean, shifted)!;
    expect(one.value).not.toBe(0);
    expect(other.value).toBe(0 - one.value!);
    expect(other.interval?.low).toBe(0 - one.interval!.high);
    expect(other.verdict).toBe(one.verdict);
  });

  it('finds nothing that was not compared', () => {
    expect(testedDifference(result, 'image_auroc', 'spoon', clean, shifted)).toBeNull();
    const none = { ...result, analysis: {} };
    expect(testedDifference(none, 'image_auroc', 'hazelnut', clean, shifted)).toBeNull();
  });
});

describe('verdictWords', () => {
  it('claims only what was declared and tested', () => {
    expect(verdictWords({ ...tested, verdict: 'different', adjusted: 0.0004 })).toBe(
      'significant, p < 0.001 after correction for 21 tests',
    );
    expect(verdictWords({ ...tested, verdict: 'no difference shown', adjusted: 0.0876 })).toBe(
      'not significant, p 0.088 after correction for 21 tests',
    );
    expect(verdictWords({ ...tested, verdict: 'not in the family', adjusted: null })).toBeNull();
    expect(verdictWords({ ...tested, verdict: 'too few to test', adjusted: 1 })).toBeNull();
    expect(verdictWords(null)).toBeNull();
  });

  it('writes small probabilities as bounds', () => {
    expect([0.0009999, 0.001].map(probability)).toEqual(['p < 0.001', 'p 0.001']);
  });
});
