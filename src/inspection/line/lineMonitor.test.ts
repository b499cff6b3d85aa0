import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { INSPECTOR_METADATA } from '../../../test/support/inspectorMetadata.ts';
import { makeTree } from '../../../test/support/tree.ts';
import { createRandom, type Random } from '../../core/random.ts';
import type { ImagingConditions, InspectorMetadata } from '../../detector/inspector/metadata.ts';
import { createLineMonitor } from './lineMonitor.ts';
import { readLineState, writeLineState } from './lineState.ts';

const conditionsOf = (random: Random, brightness = 120): ImagingConditions => ({
  brightness: brightness + 2 * random.normal(),
  contrast: 30 + random.normal(),
  saturation: 0.2 + 0.01 * random.normal(),
  sharpness: 5 + random.normal(),
  noise: 1 + 0.1 * random.normal(),
  shadingX: 0.1 * random.normal(),
  shadingY: 0.1 * random.normal(),
  corners: 0.1 * random.normal(),
});

function metadataWith(images: number): InspectorMetadata {
  const random = createRandom('calibration');
  const [one] = INSPECTOR_METADATA.calibration.images;
  const calibrated = Array.from({ length: images }, () => ({
    ...one!,
    conditions: conditionsOf(random),
  }));
  const calibration = { ...INSPECTOR_METADATA.calibration, images: calibrated };
  return { ...INSPECTOR_METADATA, calibration };
}

const METADATA = metadataWith(41);
/** An image a minute, from five past two in the afternoon. */
const minute = (i: number) => new Date(2026, 4, 4, 14, 5 + i);

describe('createLineMonitor', () => {
  it('says since when, in what and how much, and how many good images it takes', () => {
    const random = createRandom('lamp');
    const monitor = createLineMonitor(METADATA);
    expect(monitor.status(minute(0))).toMatchObject({
      ...{ watching: true, images: 0, reference: 41, martingale: null, alarm: null },
      ...{ alarmAt: 100, falseAlarm: 0.01, goodImagesNeeded: 39 },
    });
    for (let i = -30; i < 0; i++) {
      const { alarm, martingale } = monitor.observe(conditionsOf(random), minute(i));
      expect(alarm).toBeNull();
      expect(martingale).toBeLessThan(100);
    }
    let i = 0;
    while (monitor.observe(conditionsOf(random, 132), minute(i)).alarm === null) i++;
    expect(i).toBeLessThan(10);
    const { alarm } = monitor.status(minute(i));
    expect(alarm).toMatchObject({
      since: minute(0).toISOString(),
      at: minute(i).toISOString(),
      descriptor: 'brightness',
      imagesSince: i + 1,
      goodImagesNeeded: 39,
      sentence: expect.stringMatching(
        /^conditions changed since 14:05 \(brightness \+\d\.\d SD\); the threshold no longer holds; show me 39 good images$/,
      ),
    });
    // 12 grey levels of a standard deviation of 2.
    expect(Math.abs(alarm!.moved! - 6)).toBeLessThan(2);

    const later = monitor.observe(conditionsOf(random), minute(24 * 60));
    expect(later.alarm).toMatchObject({ since: alarm!.since, at: alarm!.at, imagesSince: i + 2 });
    expect(later.alarm!.sentence).toContain('since 2026-05-04 14:05 (');
  });

  it('goes on from the file of its state, of this model alone', async () => {
    const file = join(makeTree({}), 'line.state.json');
    const hash = 'b'.repeat(64);
    const random = createRandom('restart');
    expect(await readLineState(file, hash)).toBe('none');
    let monitor = createLineMonitor(METADATA);
    const whole = createLineMonitor(METADATA);
    for (let i = 0; i < 60; i++) {
      const conditions = conditionsOf(random, i < 40 ? 120 : 135);
      const said = monitor.observe(conditions, minute(i));
      expect(said).toEqual(whole.observe(conditions, minute(i)));
      if (i % 7 !== 0) continue;
      await writeLineState(file, hash, monitor.state()!);
      const state = await readLineState(file, hash);
      if (typeof state === 'string') throw new Error(state);
      monitor = createLineMonitor(METADATA, { state });
      expect(monitor.status(minute(i))).toEqual(said);
    }
    expect(monitor.status(minute(60)).alarm).toMatchObject({ since: minute(40).toISOString() });
    expect(await readLineState(file, 'c'.repeat(64))).toBe('other model');
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, -9));
    expect(await readLineState(file, hash)).toBe('unreadable');
  });

  it('begins anew for another false alarm', () => {
    const random = createRandom('other');
    const monitor = createLineMonitor(METADATA);
    monitor.observe(conditionsOf(random), minute(0));
    const other = createLineMonitor(METADATA, { falseAlarm: 0.05, state: monitor.state() });
    expect(other.status(minute(0))).toMatchObject({ images: 0, alarmAt: 20 });
  });

  it('says of a model of an earlier version that it watches nothing', () => {
    const monitor = createLineMonitor(INSPECTOR_METADATA);
    const random = createRandom('blind');
    for (let i = 0; i < 50; i++) monitor.observe(conditionsOf(random, 10 * i), minute(i));
    expect(monitor.state()).toBeUndefined();
    expect(monitor.status(minute(50))).toMatchObject({
      ...{ watching: false, images: 50, reference: 0, martingale: null, alarm: null },
      reason: expect.stringContaining('a file of an earlier version'),
    });
  });
});
