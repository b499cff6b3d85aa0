/** Sets a part of the training images aside, to calibrate on. */
import { inputError, usageError } from '../core/error.ts';
import { createRandom } from '../core/random.ts';
import { byCodePoint } from './codePointOrder.ts';
import type { Sample } from './dataset.ts';

/** How many of so many samples a fraction is: rounded, at least 1, not all. */
export const heldOutCount = (samples: number, fraction: number): number =>
  Math.min(Math.max(Math.round(fraction * samples), 1), samples - 1);

export interface HoldOut {
  readonly kept: readonly Sample[];
  readonly heldOut: readonly Sample[];
}

/**
 * Each sample draws one number from a stream named by the seed, its category and its id; the
 * smallest are held out. So the split does not depend on the order of the samples, and leaving one
 * out moves at most one other. Both parts keep the order given.
 *
 * @param fraction of the samples to hold out, between 0 and 1; rounded, at least 1, not all
 * @throws FlawmapError (usage) for a fraction out of range, (input) for fewer than 2 samples
 */
export function holdOut(
  samples: readonly Sample[],
  fraction: number,
  seed: string | number,
): HoldOut {
  if (!(fraction > 0 && fraction < 1)) {
    throw usageError({
      what: 'the fraction of training images to hold out is out of range',
      expected: 'a number between 0 and 1, such as 0.2',
      found: String(fraction),
      remedy: 'choose another fraction',
    });
  }
  if (samples.length < 2) {
    throw inputError({
      what: 'there are too few training images to hold some out for calibration',
      expected: 'at least 2',
      found: String(samples.length),
      remedy: 'add images of good products; some tens are the least that works well',
    });
  }
  const random = createRandom(seed).fork('hold-out');
  const drawn = samples.map((sample) => {
    const name = `${sample.category}/${sample.id}`;
    return { sample, name, number: random.fork(name).next() };
  });
  drawn.sort((a, b) => a.number - b.number || byCodePoint(a.name, b.name));
  const count = heldOutCount(samples.length, fraction);
  const chosen = new Set(drawn.slice(0, count).map(({ sample }) => sample));
  return {
    kept: samples.filter((sample) => !chosen.has(sample)),
    heldOut: samples.filter((sample) => chosen.has(sample)),
  };
}
