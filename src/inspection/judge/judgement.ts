/**
 * What is to be thought of a photograph: its score against the threshold, how sure that is, and
 * whether the detector may judge it at all. Pure: the same for a file, a server and a page.
 */
import { type ThresholdBand, thresholdBand } from '../../calibration/thresholdBand.ts';
import type { Random } from '../../core/random.ts';
import type { ImagingConditions, InspectorMetadata } from '../../detector/inspector/metadata.ts';
import { decodeRegion, regionSize } from '../../detector/region.ts';
import type { FloatMap } from '../../image/image.ts';
import type { ImageSize } from '../../image/imageSize.ts';
import { type FlawBox, flawBoxes } from './flawBoxes.ts';
import { imagingRanges } from './imagingRanges.ts';
import { reasonNotToJudge } from './reasonNotToJudge.ts';

/**
 * - `normal`, `anomalous`: below or above the threshold, by more than it is uncertain
 * - `unsure`: within the threshold's band
 * - `not judged`: another product, or a photograph too dark, too bright or too blurred
 */
export type Verdict = 'normal' | 'anomalous' | 'unsure' | 'not judged';

export interface Judgement {
  readonly verdict: Verdict;
  /** One plain sentence with the numbers. */
  readonly reason: string;
  readonly score: number;
  /** Metrics are of `score > threshold` alone. */
  readonly threshold: number;
  /** Where the threshold may lie (`thresholdBand`). */
  readonly band: ThresholdBand;
  /** In pixels of the photograph, worst first; none where it is normal or not judged. */
  readonly boxes: readonly FlawBox[];
}

export interface Photograph extends ImageSize {
  /** Undefined: its light and focus are not looked at. */
  readonly conditions: ImagingConditions | undefined;
  /** Pixels of the map that count, where they are not those of the model's own region. */
  readonly counted?: number | undefined;
}

export interface JudgeOptions {
  /** For the band of F1-optimal thresholds. */
  readonly random: Random;
  /** Millimetres that a pixel of the photograph shows: flaws get their sizes. */
  readonly mmPerPixel?: number | undefined;
}

export type Judge = (score: number, map: FloatMap, photograph: Photograph) => Judgement;

/** What follows from the model alone is computed once. */
export function createJudge(
  { category, calibration, preprocessing, map: size, region }: InspectorMetadata,
  { random, mmPerPixel }: JudgeOptions,
): Judge {
  const { threshold } = calibration.image;
  const pixelThreshold = calibration.pixel.threshold;
  const band = thresholdBand(calibration.image, calibration.images, random);
  const ranges = imagingRanges(calibration.images);
  // A share, because maps of tiled inspectors have the size of their photographs.
  const share =
    region === undefined
      ? 1
      : regionSize(decodeRegion(region, size.width, size.height)) / (size.width * size.height);
  return (score, map, photograph) => {
    const known = { score, threshold, band };
    const refusal = reasonNotToJudge(map, photograph.conditions, {
      category,
      pixelThreshold,
      ranges,
      counted: photograph.counted ?? Math.round(share * map.data.length),
    });
    if (refusal !== undefined) {
      return { verdict: 'not judged', reason: refusal, ...known, boxes: [] };
    }
    const verdict = verdictOf(score, band);
    const boxes =
      verdict === 'normal'
        ? []
        : flawBoxes(map, pixelThreshold, photograph, preprocessing, mmPerPixel);
    return { verdict, reason: reasonFor(verdict, known), ...known, boxes };
  };
}

/** One photograph; for several, `createJudge`. */
export const judge = (
  score: number,
  map: FloatMap,
  photograph: Photograph,
  metadata: InspectorMetadata,
  options: JudgeOptions,
): Judgement => createJudge(metadata, options)(score, map, photograph);

function verdictOf(score: number, { low, high }: ThresholdBand): 'normal' | 'anomalous' | 'unsure' {
  if (score <= low) return 'normal';
  return score > high ? 'anomalous' : 'unsure';
}

function reasonFor(
  verdict: 'normal' | 'anomalous' | 'unsure',
  { score, threshold, band }: Pick<Judgement, 'score' | 'threshold' | 'band'>,
): string {
  const digits = (value: number) => value.toPrecision(4);
  const where = verdict === 'unsure' ? 'within' : verdict === 'normal' ? 'not above' : 'above';
  const range = `${digits(band.low)} to ${digits(band.high)}`;
  return `The score ${digits(score)} is ${where} the threshold's band, ${range} around ${digits(threshold)}.`;
}
