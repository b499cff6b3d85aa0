import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../core/random.ts';
import { createDriftMonitor, type Descriptor, type DriftSettings } from './driftMonitor.ts';

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

describe('createDriftMonitor', () => {
  it('names the descriptor that moved, and since which image', () => {
    const random = createRandom('moved');
    const monitor = createDriftMonitor(referenceOf(random), SETTINGS);
    for (let i = 0; i < 60; i++) expect(monitor.observe(image(random)).alarm).toBeNull();
    let alarm = null;
    for (let i = 0; i < 20 && alarm === null; i++) {
      ({ alarm } = monitor.observe(image(random, { focus: -6 })));
    }
    expect(alarm).toMatchObject({ descriptor: 'focus' });
    expect(alarm!.image).toBeLessThan(70);
    expect(Math.abs(alarm!.since - 61)).toBeLessThan(3);
    // It stays, whatever comes then.
    for (let i = 0; i < 30; i++) expect(monitor.observe(image(random)).alarm).toEqual(alarm);
  });

  it('goes on from its state as if it had never stopped', () => {
    const random = createRandom('state');
    const reference = referenceOf(random);
    const stream = Array.from({ length: 40 }, (_, i) => image(random, i < 25 ? {} : { noise: 3 }));
    const whole = createDriftMonitor(reference, SETTINGS);
    const said = stream.map((one) => whole.observe(one));
    const first = createDriftMonitor(reference, SETTINGS);
    for (const one of stream.slice(0, 17)) first.observe(one);
    const state = JSON.parse(JSON.stringify(first.state()));
    const second = createDriftMonitor(reference, SETTINGS, state);
    expect(stream.slice(17).map((one) => second.observe(one))).toEqual(said.slice(17));
    expect(second.state()).toEqual(whole.state());
    expect(said.at(-1)!.alarm).not.toBeNull();
  });

  it('raises false alarms in at most the share of streams that it is allowed', () => {
    const random = createRandom('false alarms');
    const streams = 400;
    let alarms = 0;
    for (let stream = 0; stream < streams; stream++) {
      const settings = { falseAlarm: 0.05, seed: 0, random };
      const monitor = createDriftMonitor(referenceOf(random), settings);
      for (let i = 0; i < 300; i++) {
        if (monitor.observe(image(random)).alarm === null) continue;
        alarms++;
        break;
      }
    }
    // Binomial(400, 0.05): at most 20 + 4 x 4.4
    expect(alarms).toBeLessThan(38);
  });

  // Within what bets.ts says of nine descriptors: three need less capital each.
  it.each([
    [10, 5],
    [2, 10],
  ])('finds a change of %f standard deviations from the first image on', (moved, images) => {
    const random = createRandom(`power ${moved}`);
    const streams = 200;
    let found = 0;
    for (let stream = 0; stream < streams; stream++) {
      const monitor = createDriftMonitor(referenceOf(random), { ...SETTINGS, random });
      for (let i = 0; i < images; i++) monitor.observe(image(random, { light: moved }));
      if (monitor.state().alarm !== null) found++;
    }
    expect(found).toBeGreaterThan(streams / 2);
  });

  it('refuses to watch nothing, and numbers that are missing', () => {
    expect(() => createDriftMonitor({}, SETTINGS)).toThrow('without descriptors');
    const monitor = createDriftMonitor({ light: [1, 2] }, SETTINGS);
    expect(() => monitor.observe({})).toThrow('has no rank');
  });
});
