import { describe, expect, test } from 'vitest';
import { recoveryOf } from './recovery.ts';
import type { Sampled } from './sampled.ts';

const IMAGES = {
  labels: Array.from({ length: 60 }, (_, i) => (i < 30 ? (0 as const) : (1 as const))),
  confidence: 0.95,
};

/** A metric whose resamples lie evenly within 0.05 of its value. */
const around = (value: number): Sampled => ({
  value,
  replicates: Float64Array.from({ length: 201 }, (_, i) => value + (i - 100) / 2000),
  jackknife: new Float64Array(),
});

const recovery = (clean: Sampled, none: Sampled, adapted: Sampled) =>
  recoveryOf(
    'pro',
    { clean: { pro: clean }, none: { pro: none }, adapted: { pro: adapted } },
    IMAGES,
  );

describe('recoveryOf', () => {
  test('is the share regained, over resamples', () => {
    const noisy = { ...around(0.8), replicates: around(0.8).replicates.toReversed() };
    const { value, reason, interval } = recovery(around(0.9), around(0.5), noisy);
    expect(value).toBeCloseTo(0.75, 12);
    expect(reason).toBeNull();
    expect(interval!.low).toBeLessThan(0.75);
    expect(interval!.high).toBeGreaterThan(0.75);
  });

  test('of what cannot change has no interval instead of a point', () => {
    const none = around(0.5);
    expect(recovery(around(0.9), none, none)).toEqual({ value: 0, reason: null, interval: null });
  });

  test('says why there is none', () => {
    const nothing = { ...around(0.5), value: Number.NaN };
    expect(recovery(around(0.9), around(0.5), nothing).reason).toBe(
      'a part of it is not computable',
    );
    const certain = { ...around(0.5), replicates: new Float64Array() };
    expect(recovery(around(0.9), certain, around(0.8)).reason).toBe(
      'how far the loss is chance is not known',
    );
    expect(recovery(around(0.6), around(0.6), around(0.8)).reason).toBe(
      'the shift changes it no more than chance may',
    );
  });
});
