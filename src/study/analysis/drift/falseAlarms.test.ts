import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../core/random.ts';
import { falseAlarms } from './falseAlarms.ts';
import type { Images } from './watch.ts';

const random = createRandom('false alarms');
const imagesOf = (count: number, light: number): Images =>
  Array.from({ length: count }, () => ({ light: light + random.normal() }));
const settings = { streams: 60, falseAlarm: 0.05, confidence: 0.95 };

describe('falseAlarms', () => {
  test('keeps the promise where reference and stream are drawn alike, even with few images', () => {
    // Twelve images, each of them drawn some eighty times.
    const images = { reference: imagesOf(6, 0), test: imagesOf(6, 3) };
    const found = falseAlarms(images, 'both-drawn', { ...settings, random: createRandom('few') })!;
    expect(found).toMatchObject({ streams: 60, length: 1000 });
    // Binomial(60, 0.05): above 9 with a probability of 0.001
    expect(found.alarms).toBeLessThan(10);
    expect(found.rate).toBe(found.alarms / 60);
    expect(found.interval.high).toBeGreaterThan(found.rate);
  });

  test('shows what folders that differ do to a stored reference', () => {
    const images = { reference: imagesOf(41, 0), test: imagesOf(20, 3) };
    const own = { ...settings, streams: 20, random: createRandom('folders') };
    expect(falseAlarms(images, 'as-stored', own)!.alarms).toBe(20);
  });

  test('has no stream to draw where the test folder has no normal images', () => {
    const images = { reference: imagesOf(5, 0), test: [] };
    const own = { ...settings, streams: 10, random: createRandom('none') };
    expect(falseAlarms(images, 'as-stored', own)).toBeUndefined();
    expect(falseAlarms(images, 'reference-fixed', own)).toBeUndefined();
    expect(falseAlarms(images, 'both-drawn', own)).toMatchObject({ streams: 10 });
  });
});
