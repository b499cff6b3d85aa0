import { describe, expect, it } from 'vitest';
import { calibrate } from '../../calibration/calibrate.ts';
import { createRandom } from '../../core/random.ts';
import { outlyingness, strangeness, suspicion } from './setAside.ts';

describe('outlyingness', () => {
  it('counts robust standard deviations of the logarithm', () => {
    // numpy: x = np.log([1, 2, 4, 8, 16]); (x - np.median(x)) / (1.4826 * np.median(abs(x - np.median(x))))
    const expected = [-1.3489815, -0.6744908, 0, 0.6744908, 1.3489815];
    const found = outlyingness([1, 2, 4, 8, 16]);
    for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 5);
  });

  it('measures others by the reference alone', () => {
    const reference = [1, 1.2, 1.4, 1.1, 1.3];
    const found = outlyingness([...reference, 100, 1000], 5);
    expect(found.slice(0, 5)).toEqual(outlyingness(reference));
    expect(found[5]).toBeGreaterThan(10);
  });

  it('does not call tiny differences outlying', () => {
    expect(outlyingness([1, 1, 1, 1, 1.1])[4]).toBeLessThan(3.5);
  });
});

describe('strangeness', () => {
  it('finds the image that is unlike the others, in the reference and behind it', async () => {
    const random = createRandom('strange');
    const image = (offset: number) =>
      Float32Array.from({ length: 64 * 4 }, () => offset + random.normal());
    const points = [...Array.from({ length: 11 }, () => image(0)), image(4), image(0), image(4)];
    const found = await strangeness(points, 4, 12, createRandom(1), {});
    expect(found.map((z) => z > 3.5)).toEqual(points.map((_, i) => i === 11 || i === 13));
    // Those behind the reference change nothing before them.
    const alone = await strangeness(points.slice(0, 12), 4, 12, createRandom(1), {});
    for (const [i, z] of alone.entries()) expect(found[i]).toBeCloseTo(z, 5);
  });
});

describe('suspicion', () => {
  it('says why', () => {
    expect(suspicion(1, 3)).toBeNull();
    expect(suspicion(4.21, 0)).toBe(
      'its score is 4.2 robust standard deviations above their median',
    );
    expect(suspicion(5, 6)).toMatch(/^its score .*; its distance to the other new images is 6\.0/);
  });
});

describe('the promise of a batch of which some are set aside', () => {
  it('holds over many batches, flaws among them or not', () => {
    const random = createRandom('batches');
    const batches = 1500;
    let above = 0;
    let setAside = 0;
    for (let batch = 0; batch < batches; batch++) {
      // Heavy tails, so that good images are set aside too.
      const draw = () => Math.exp(0.15 * random.normal() * (random.next() < 0.1 ? 4 : 1));
      const scores = Array.from({ length: 60 }, draw);
      const z = outlyingness(scores);
      const kept = scores.filter((_, i) => z[i]! <= 3.5);
      setAside += scores.length - kept.length;
      const { image } = calibrate({
        scores: kept.map((score, i) => ({ id: `${i}`, label: 'normal', score, mapMaximum: score })),
        fpr: undefined,
        usualFpr: 0.1,
        setAside: scores.length - kept.length,
      });
      if (draw() > image.threshold) above++;
    }
    expect(setAside / batches).toBeGreaterThan(0.5);
    // At most 10%, four standard errors of a share of 1500 above; and not much less.
    expect(above / batches).toBeLessThan(0.1 + 4 * Math.sqrt((0.1 * 0.9) / batches));
    expect(above / batches).toBeGreaterThan(0.06);
  });
});
