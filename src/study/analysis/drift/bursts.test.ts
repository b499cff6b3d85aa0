import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../core/random.ts';
import { burstAlarms } from './bursts.ts';

const random = createRandom('bursts');
const imagesOf = (count: number, score: number) =>
  Array.from({ length: count }, () => ({ score: score + random.normal() }));

describe('burstAlarms', () => {
  const images = { reference: imagesOf(41, 0), test: imagesOf(20, 0) };
  const settings = { streams: 40, falseAlarm: 0.01 };

  test('fires where the statistic follows defects, and not on as many normal images', () => {
    const own = {
      statistic: 'score',
      method: 'padim',
      ...images,
      defects: imagesOf(20, 8),
    } as const;
    const found = burstAlarms(own, { ...settings, random: createRandom('fires') });
    expect(found.map((burst) => burst.images)).toEqual([5, 10, 20]);
    expect(found.at(-1)).toMatchObject({ statistic: 'score', method: 'padim', alarms: 1 });
    for (const { normalAlarms } of found) expect(normalAlarms).toBeLessThanOrEqual(0.05);
  });

  test('is silent where it does not', () => {
    const own = {
      statistic: 'conditions',
      method: null,
      ...images,
      defects: imagesOf(20, 0),
    } as const;
    for (const { alarms } of burstAlarms(own, { ...settings, random: createRandom('silent') })) {
      expect(alarms).toBeLessThanOrEqual(0.05);
    }
  });
});
