/** From what an inspector file says of a photograph to a judgement: in Node.js and in pages alike. */
import { inputError } from '../../core/error.ts';
import { createRandom, type Random } from '../../core/random.ts';
import type { ImagingConditions, InspectorMetadata } from '../../detector/inspector/metadata.ts';
import type { FloatMap, RgbImage } from '../../image/image.ts';
import { imagingConditions } from '../conditions/imagingConditions.ts';
import { createJudge, type Judgement } from './judgement.ts';

export interface InspectOptions {
  /** Millimetres that a pixel of the photograph shows: flaws get their sizes. */
  readonly mmPerPixel?: number | undefined;
}

export interface InspectedImage extends Judgement {
  /** Of the photograph, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Patch distances at the model's map size; higher is more anomalous. */
  readonly map: FloatMap;
  /** Its light and focus, for whoever watches how they change. */
  readonly conditions: ImagingConditions;
}

/** What the graph gave for a photograph. */
export interface ScoredImage {
  readonly score: number;
  readonly map: FloatMap;
  /** Pixels of the map that count, where a part of the photograph was looked at. */
  readonly counted?: number;
  /** Of the photograph, where they have been measured already. */
  readonly conditions?: ImagingConditions;
}

export type ImageJudge = (image: RgbImage, scored: ScoredImage, name: string) => InspectedImage;

/**
 * The function throws a FlawmapError (input) for a score that is no number, naming the image.
 */
export function createImageJudge(
  metadata: InspectorMetadata,
  { mmPerPixel }: InspectOptions = {},
): ImageJudge {
  const judge = createJudge(metadata, { random: bandRandom(metadata), mmPerPixel });
  return (image, { score, map, counted, conditions = imagingConditions(image) }, name) => {
    if (!Number.isFinite(score)) throw withoutScore(name, score);
    const { width, height } = image;
    const judgement = judge(score, map, { width, height, conditions, counted });
    return { ...judgement, width, height, map, conditions };
  };
}

/** What the threshold's band is drawn from: the same for everybody who computes it. */
export const bandRandom = ({ seed }: Pick<InspectorMetadata, 'seed'>): Random =>
  createRandom(seed).fork('threshold band');

/** No comparison with it means anything: it must not pass for normal. */
function withoutScore(name: string, score: number) {
  return inputError({
    what: `${name} cannot be judged`,
    expected: 'a finite score',
    found: String(score),
    remedy: 'fit the model again with another backbone; this one overflows on this image',
  });
}
