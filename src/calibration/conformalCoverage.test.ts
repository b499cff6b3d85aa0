import { describe, expect, test } from 'vitest';
import { createRandom } from '../core/random.ts';
import { confidentThreshold, conformalThreshold } from './conformalThreshold.ts';

/** Scores are uniform, so that the false positive rate of a threshold is 1 less it. */
const CALIBRATIONS = 4000;

/** Over many calibration sets: the mean rate, and how often it is at most what was stated. */
function simulate(
  images: number,
  choose: (scores: number[]) => { threshold: number; upperFpr: number; averageFpr: number },
) {
  const random = createRandom(`calibrations of ${images}`);
  let sum = 0;
  let below = 0;
  let promise = { averageFpr: Number.NaN };
  for (let set = 0; set < CALIBRATIONS; set++) {
    const found = choose(Array.from({ length: images }, () => random.next()));
    const rate = 1 - found.threshold;
    sum += rate;
    if (rate <= found.upperFpr) below++;
    promise = found;
  }
  return { mean: sum / CALIBRATIONS, below: below / CALIBRATIONS, promise };
}

describe('a conformal threshold, over many calibration sets', () => {
  test.each([
    [41, 0.05],
    [19, 0.05],
    [100, 0.1],
    // Too few: the maximum.
    [10, 0.05],
  ])('of %d images for %d has the mean rate it promises, and its bound', (images, fpr) => {
    const { mean, below, promise } = simulate(images, (scores) =>
      conformalThreshold(scores, fpr, 'maximum'),
    );
    // Five standard errors; the rate is Beta distributed, with a standard deviation below its mean.
    const error = (5 * promise.averageFpr) / Math.sqrt(CALIBRATIONS);
    expect(Math.abs(mean - promise.averageFpr)).toBeLessThan(error);
    expect(below).toBeGreaterThan(0.93);
    expect(below).toBeLessThan(0.97);
  });

  test('keeps its promise where some images were set aside', () => {
    // A score counts as suspicious from 0.97 on, whoever it belongs to.
    const sound = (scores: number[]) => scores.filter((score) => score < 0.97);
    let stated = 0;
    const { mean } = simulate(59, (scores) => {
      const kept = sound(scores);
      const found = conformalThreshold(kept, 0.05, 'maximum', scores.length - kept.length);
      stated += found.averageFpr / CALIBRATIONS;
      return found;
    });
    expect(stated).toBeGreaterThan(0.05);
    expect(mean).toBeLessThan(stated + 0.002);
    expect(mean).toBeGreaterThan(stated - 0.02);
    // Left out of n instead, those set aside would break it.
    const forgotten = simulate(59, (scores) => conformalThreshold(sound(scores), 0.05));
    expect(forgotten.mean).toBeGreaterThan(forgotten.promise.averageFpr + 0.01);
  });

  test('with confidence keeps the rate in at least as many sets as asked for', () => {
    const { below } = simulate(59, (scores) => ({
      ...confidentThreshold(scores, 0.05, 0.95),
      upperFpr: 0.05,
    }));
    expect(below).toBeGreaterThan(0.94);
    expect(below).toBeLessThan(0.97);
  });
});
