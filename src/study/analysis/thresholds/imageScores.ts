/** What images of one part and condition can be judged by. */

import type { PartScores } from '../../../calibration/partScores.ts';
import { AGGREGATES, patchAggregates } from '../../../calibration/patchAggregates.ts';
import {
  fitZones,
  type ZoneGrid,
  type ZoneScale,
  zoneMaxima,
  zoneScore,
} from '../../../calibration/zoneScores.ts';
import type { ImageScore } from '../../../result/analysis/thresholds.ts';

type Part = 'validation' | 'test';
type PlainScore = Exclude<ImageScore, 'zones'>;

export interface ImageScores<P extends Part> {
  readonly part: P;
  /** 0 normal, 1 anomalous. */
  readonly labels: readonly (0 | 1)[];
  /** One an image. */
  readonly plain: Readonly<Record<PlainScore, readonly number[]>>;
  /** The largest patch distance of each zone, for each image. */
  readonly zoneMaxima: readonly (readonly number[])[];
  readonly zones: ZoneGrid;
}

export interface PatchScores {
  readonly label: 0 | 1;
  /** The model's own. */
  readonly score: number;
  /** Of its patches, [h * w]. */
  readonly distances: ArrayLike<number>;
}

export function imageScores<P extends Part>(
  part: P,
  images: readonly PatchScores[],
  grid: readonly [number, number],
  asked: ZoneGrid,
): ImageScores<P> {
  const zones = fitZones(grid, asked);
  const aggregates = images.map(({ distances }) => patchAggregates(distances));
  const plain = Object.fromEntries(
    AGGREGATES.map((name) => [name, aggregates.map((own) => own[name])]),
  ) as Record<(typeof AGGREGATES)[number], number[]>;
  return {
    part,
    labels: images.map(({ label }) => label),
    plain: { own: images.map(({ score }) => score), ...plain },
    zoneMaxima: images.map(({ distances }) => zoneMaxima(distances, grid, zones)),
    zones,
  };
}

/** One of the scores alone. */
export const partScores = <P extends Part>(
  { part, labels, plain }: ImageScores<P>,
  score: PlainScore,
): PartScores<P> => ({ part, labels, scores: plain[score] });

export const zoneScores = ({ zoneMaxima: maxima }: ImageScores<Part>, scale: ZoneScale): number[] =>
  maxima.map((own) => zoneScore(own, scale));
