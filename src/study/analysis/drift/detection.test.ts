import { describe, expect, test } from 'vitest';
import { createRandom, type Random } from '../../../core/random.ts';
import { delayOf, detect } from './detection.ts';
import type { Images } from './watch.ts';

const imagesOf = (random: Random, count: number, light: number): Images =>
  Array.from({ length: count }, () => ({
    light: light + random.normal(),
    focus: random.normal(),
  }));

describe('delayOf', () => {
  const watched = (alarms: readonly (number | null)[]) => alarms.map((alarm) => ({ alarm }));

  test('has nearest-rank quantiles, undetected streams last', () => {
    // np.quantile([4, 5, 6, 7, 8, 9, 10, 11, np.inf, np.inf], [.1, .5, .9], method='inverted_cdf')
    expect(delayOf(watched([7, null, 4, 9, 5, null, 6, 8, 11, 10]), 0)).toEqual({
      streams: 10,
      lowerDecile: 4,
      median: 8,
      upperDecile: null,
      undetected: 0.2,
    });
  });

  test('counts from the change, and not what was raised before it', () => {
    expect(delayOf(watched([104, 20, 106, 100, null]), 100)).toMatchObject({
      streams: 3,
      median: 6,
      undetected: 1 / 3,
    });
  });

  test('of nothing is nothing', () => {
    expect(delayOf([], 0)).toEqual({
      ...{ streams: 0, lowerDecile: null, median: null, upperDecile: null, undetected: 0 },
    });
  });
});

describe('detect', () => {
  const random = createRandom('detection');
  const clean = imagesOf(random, 60, 0);
  const settings = { clean, reference: 41, streams: 40, falseAlarm: 0.01, random };
  const lamp = (light: number) => ({
    shift: [`bright ${light}`],
    images: imagesOf(random, 30, light),
  });

  test('finds a change beyond all images at once, in streams and batches', () => {
    const { detection, path } = detect('seed', 'severe', [lamp(8), lamp(-8)], settings);
    expect(detection.atStart).toMatchObject({ streams: 80, undetected: 0 });
    expect(detection.atStart.median).toBeLessThanOrEqual(5);
    expect(detection.later.undetected).toBe(0);
    expect(detection.later.median).toBeLessThanOrEqual(8);
    expect(detection.batches).toEqual([5, 10, 20].map((images) => ({ images, power: 1 })));
    expect(detection.lamps.map(({ movements }) => movements[0]!.descriptor)).toEqual([
      'light',
      'light',
    ]);
    expect(detection.lamps[1]!.movements[0]!.moved).toBeLessThan(-6);
    expect(path.martingale).toHaveLength(50);
    // The median stream has raised its alarm, and stays.
    expect(path.martingale[49]).toBeGreaterThanOrEqual(2);
  });

  test('finds nothing where nothing changes', () => {
    const same = { shift: [], images: clean };
    const { detection, path } = detect('seed', 'mild', [same], settings);
    expect(detection.atStart).toMatchObject({ median: null, upperDecile: null });
    expect(detection.atStart.undetected).toBeGreaterThan(0.9);
    for (const { power } of detection.batches) expect(power).toBeLessThanOrEqual(0.25);
    for (const { moved } of detection.lamps[0]!.movements) expect(moved).toBe(0);
    expect(path.martingale[49]).toBeLessThan(0.5);
  });
});
