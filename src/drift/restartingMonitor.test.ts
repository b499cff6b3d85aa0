import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../core/random.ts';
import type { Descriptor, DriftSettings } from './driftMonitor.ts';
import { createRestartingMonitor, STEP, STRETCH } from './restartingMonitor.ts';

const NAMES = ['light', 'focus', 'noise'];
const SETTINGS: DriftSettings = { falseAlarm: 0.01, seed: 42 };

/** The descriptors share a cause, as those of real images do. */
function image(random: Random, moved: Descriptor = {}): Descriptor {
  const common = random.normal();
  return Object.fromEntries(
    NAMES.map((name) => [name, 0.6 * common + 0.8 * random.normal() + (moved[name] ?? 0)]),
  );
}

function referenceOf(random: Random, images = 41): Record<string, number[]> {
  const drawn = Array.from({ length: images }, () => image(random));
  return Object.fromEntries(NAMES.map((name) => [name, drawn.map((one) => one[name]!)]));
}

describe('createRestartingMonitor', () => {
  it('finds and dates a change wherever between two beginnings it comes', () => {
    const random = createRandom('wherever');
    for (const unchanged of [0, STEP - 3, STEP, STRETCH - 1, STRETCH + 3, 5 * STEP + 250]) {
      const monitor = createRestartingMonitor(referenceOf(random), SETTINGS);
      for (let i = 0; i < unchanged; i++) expect(monitor.observe(image(random)).alarm).toBeNull();
      let alarm = null;
      for (let i = 0; i < 25 && alarm === null; i++) {
        ({ alarm } = monitor.observe(image(random, { focus: -6 })));
      }
      expect(alarm).toMatchObject({ descriptor: 'focus' });
      expect(alarm!.image - unchanged).toBeLessThan(12);
      expect(Math.abs(alarm!.since - (unchanged + 1))).toBeLessThan(3);
      const focus = alarm!.movements[0]!;
      expect(focus.descriptor).toBe('focus');
      expect(Math.abs(focus.moved! + 6)).toBeLessThan(3);
    }
  });

  it('goes on from its state as if it had never stopped', () => {
    const random = createRandom('state');
    const reference = referenceOf(random);
    const stream = Array.from({ length: STRETCH + 340 }, (_, i) =>
      image(random, i < STRETCH + 320 ? {} : { noise: 5 }),
    );
    const whole = createRestartingMonitor(reference, SETTINGS);
    const said = stream.map((one) => whole.observe(one));
    let part = createRestartingMonitor(reference, SETTINGS);
    const saidInParts = stream.map((one, i) => {
      if (i % 97 === 0) {
        part = createRestartingMonitor(
          reference,
          SETTINGS,
          JSON.parse(JSON.stringify(part.state())),
        );
      }
      return part.observe(one);
    });
    expect(saidInParts).toEqual(said);
    expect(part.state()).toEqual(whole.state());
    expect(said.at(-1)!.alarm).not.toBeNull();
  });

  it('raises false alarms in at most the share of streams that it is allowed', () => {
    const random = createRandom('false alarms');
    const streams = 100;
    let alarms = 0;
    for (let stream = 0; stream < streams; stream++) {
      const settings = { falseAlarm: 0.05, seed: 0, random };
      const monitor = createRestartingMonitor(referenceOf(random), settings);
      for (let i = 0; i < 2600; i++) {
        if (monitor.observe(image(random)).alarm === null) continue;
        alarms++;
        break;
      }
    }
    // Binomial(100, 0.05) exceeds 12 with a probability of 0.0015.
    expect(alarms).toBeLessThanOrEqual(12);
  });

  it('keeps no more after 20 000 images than after 2 000', () => {
    const random = createRandom('bounded');
    const monitor = createRestartingMonitor(referenceOf(random), { ...SETTINGS, falseAlarm: 1e-9 });
    const size = () => JSON.stringify(monitor.state()).length;
    const sizes: number[] = [];
    for (let i = 1; i <= 20_000; i++) {
      monitor.observe(image(random));
      if (i === 2000 || i === 20_000) sizes.push(size());
    }
    expect(monitor.state().images).toBe(20_000);
    expect(sizes[1]! / sizes[0]!).toBeLessThan(1.05);
    expect(monitor.state().monitors.map(({ number }) => number)).toEqual([39, 40]);
  });
});
