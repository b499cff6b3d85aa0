/** Between which values the imaging conditions of a photograph lie that a detector can judge. */
import type { CalibrationImage } from '../../detector/inspector/metadata.ts';
import { studentTBound } from '../../stats/studentT.ts';

/** What makes a photograph one not to judge: how much light is on it, and how sharp it is. */
export type JudgedCondition = 'brightness' | 'sharpness';

export interface ImagingRange {
  /** Of the calibration images; the lowest and the highest. */
  readonly seen: { readonly low: number; readonly high: number };
  /** Outside of these a photograph is not judged. */
  readonly low: number;
  readonly high: number;
}

/** Of good photographs, this share at most is outside of one range, were their logarithms normal. */
const FALSE_REJECTION = 0.0005;

/**
 * Half of a range's width at least, as a factor: calibration images that are all alike must not
 * make a change that nobody would see a reason.
 */
const LEAST_FACTOR: Readonly<Record<JudgedCondition, number>> = { brightness: 1.25, sharpness: 2 };

/** Added before taking logarithms: black and plain images have one. */
const LEAST_VALUE = 1e-3;

/**
 * Each range holds all normal calibration images and the prediction interval of one more (Student's
 * t, of logarithms), so two bounds hold for good photographs taken like those n: whatever their
 * distribution, one is outside with a probability of at most 2 / (n + 1); were it log-normal, of at
 * most 0.05%.
 * @returns undefined where fewer than two normal calibration images tell their conditions
 */
export function imagingRanges(
  images: readonly Pick<CalibrationImage, 'label' | 'conditions'>[],
): Readonly<Record<JudgedCondition, ImagingRange>> | undefined {
  const known = images
    .filter(({ label }) => label === 'normal')
    .flatMap(({ conditions }) => conditions ?? []);
  if (known.length < 2) return undefined;
  const rangeOf = (name: JudgedCondition) =>
    imagingRange(
      known.map((conditions) => conditions[name]),
      Math.log(LEAST_FACTOR[name]),
    );
  return { brightness: rangeOf('brightness'), sharpness: rangeOf('sharpness') };
}

function imagingRange(values: readonly number[], least: number): ImagingRange {
  const logs = values.map((value) => Math.log(value + LEAST_VALUE));
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  const squares = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (logs.length - 1));
  const bound = studentTBound(1 - FALSE_REJECTION, logs.length - 1);
  const half = Math.max(least, bound * deviation * Math.sqrt(1 + 1 / logs.length));
  const seen = { low: Math.min(...values), high: Math.max(...values) };
  return {
    seen,
    low: Math.min(seen.low, Math.exp(mean - half)),
    high: Math.max(seen.high, Math.exp(mean + half)),
  };
}
