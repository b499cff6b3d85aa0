/** When a photograph is none that the detector can judge: what it shows, its light and its focus. */
import type { ImagingConditions } from '../../detector/inspector/metadata.ts';
import type { FloatMap } from '../../image/image.ts';
import type { ImagingRange, JudgedCondition } from './imagingRanges.ts';

export interface Standard {
  readonly category: string;
  readonly pixelThreshold: number;
  /** Undefined: not known, and not looked at. */
  readonly ranges: Readonly<Record<JudgedCondition, ImagingRange>> | undefined;
  /** Pixels of the map that count; undefined: all. */
  readonly counted: number | undefined;
}

/**
 * The share of its map above the pixel threshold beyond which a photograph shows another product:
 * the map of a good one is below it everywhere, but for the threshold's false positive rate. Of MVTec
 * AD's bottles, hazelnuts and zippers, flawed ones reach 0.33, each other's photographs 0.84 and
 * more. A flaw that changes nearly the whole picture is not judged either, rather than passed.
 */
const MOST_UNLIKE = 0.8;

/** @returns one sentence; undefined where it can be judged */
export function reasonNotToJudge(
  map: FloatMap,
  conditions: ImagingConditions | undefined,
  { category, pixelThreshold, ranges, counted }: Standard,
): string | undefined {
  const facts = [
    outside('brightness', conditions, ranges),
    outside('sharpness', conditions, ranges),
    unlike(map, pixelThreshold, counted),
  ].filter((fact) => fact !== undefined);
  if (facts.length === 0) return undefined;
  // A product of another colour is darker too: which is the cause, these numbers do not tell.
  return `This is no photograph like those of ${category} that were calibrated on: ${facts.join('; ')}.`;
}

const TOO_MUCH = { brightness: 'too bright', sharpness: 'too sharp or noisy' } as const;
const TOO_LITTLE = { brightness: 'too dark', sharpness: 'too blurred' } as const;

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
    `${how}, with a ${name} of ${digits(value)} where theirs is ${digits(seen.low)} to ` +
    `${digits(seen.high)} and ${digits(low)} to ${digits(high)} is judged`
  );
}

function unlike(
  { data }: FloatMap,
  pixelThreshold: number,
  counted = data.length,
): string | undefined {
  let above = 0;
  for (const value of data) if (value > pixelThreshold) above++;
  const share = above / counted;
  if (share <= MOST_UNLIKE) return undefined;
  return (
    `perhaps another product, with ${Math.floor(100 * share)}% of the map above the pixel threshold ` +
    `of ${pixelThreshold.toPrecision(4)} where up to ${100 * MOST_UNLIKE}% is judged`
  );
}
