/** When a photograph is none that the detector can judge: what it shows, its light and its focus. */
import type { ImagingConditions } from '../detector/inspector/metadata.ts';
import type { FloatMap } from '../image/image.ts';
import type { ImagingRange, JudgedCondition } from './imagingRanges.ts';

export interface Standard {
  readonly category: string;
  readonly pixelThreshold: number;
  /** Undefined: not known, and not looked at. */
  readonly ranges: Readonly<Record<JudgedCondition, ImagingRange>> | undefined;
}

/**
 * Of a photograph's map, the share above the pixel threshold beyond which it shows another product.
 * A good one has nothing there but for the threshold's false positive rate.
 */
const MOST_UNLIKE = 0.5;

/** @returns one sentence; undefined where it can be judged */
export function reasonNotToJudge(
  map: FloatMap,
  conditions: ImagingConditions | undefined,
  { category, pixelThreshold, ranges }: Standard,
): string | undefined {
  const light = outside('brightness', conditions, ranges);
  if (light !== undefined) return light;
  const focus = outside('sharpness', conditions, ranges);
  if (focus !== undefined) return focus;
  const unlike = map.data.reduce((n, value) => n + (value > pixelThreshold ? 1 : 0), 0);
  const share = unlike / map.data.length;
  if (share <= MOST_UNLIKE) return undefined;
  return (
    `This does not look like ${category}: ${Math.round(100 * share)}% of the map is above the ` +
    `pixel threshold ${pixelThreshold.toPrecision(4)}, at most ${100 * MOST_UNLIKE}% of a picture to judge.`
  );
}

const TOO_MUCH = { brightness: 'bright', sharpness: 'sharp or noisy' } as const;
const TOO_LITTLE = { brightness: 'dark', sharpness: 'blurred' } as const;

function outside(
  name: JudgedCondition,
  conditions: ImagingConditions | undefined,
  ranges: Standard['ranges'],
): string | undefined {
  if (conditions === undefined || ranges === undefined) return undefined;
  const value = conditions[name];
  const { low, high, seen } = ranges[name];
  if (value >= low && value <= high) return undefined;
  const digits = (shown: number) => shown.toPrecision(3);
  const how = value < low ? TOO_LITTLE[name] : TOO_MUCH[name];
  return (
    `The photograph is too ${how}: ${name} ${digits(value)}, calibration images ` +
    `${digits(seen.low)} to ${digits(seen.high)}, judged from ${digits(low)} to ${digits(high)}.`
  );
}
