/** Why an image is as anomalous as it is: its farthest patch, and what that distance is made of. */
import type { Explanation, PlacedPatch } from '../../../result/analysis/interpretability.ts';
import { attentionMap, partShares, sumByPart, topChannels } from './attention.ts';
import type { ExplainedImage } from './chooseImages.ts';
import type { EmbeddingParts } from './embeddingParts.ts';
import { explanationSentence } from './explanationSentence.ts';
import { typicalDistance } from './typicalDistance.ts';

const CHANNELS = 5;

export interface ExplanationInput {
  readonly explained: ExplainedImage;
  readonly grid: readonly [number, number];
  readonly parts: EmbeddingParts;
  /** float32 [patches] */
  readonly distances: Float32Array;
  /** float64 [patches * dimension], summing to their squares */
  readonly terms: Float64Array;
  /** 1 for defective patches; null where there is no mask. */
  readonly defective: Uint8Array | null;
  /** Largest patch distance of each normal validation image. */
  readonly typical: readonly number[];
  /** The patch of the largest distance. */
  readonly patch: PlacedPatch;
  /** The training patch nearest to it; null where none is kept. */
  readonly nearest: PlacedPatch | null;
}

export function explanation(input: ExplanationInput): Explanation {
  const { explained, parts, distances, terms, defective, grid, nearest } = input;
  const { label, defectType } = explained.image;
  const patch = input.patch.row * grid[1] + input.patch.column;
  const dimension = parts.partOf.length;
  const count = parts.parts.length;
  const sums = sumByPart(terms, parts);
  const own = terms.subarray(patch * dimension, (patch + 1) * dimension);
  const distance = distances[patch]!;
  const unworded = {
    role: explained.role,
    label,
    defectType,
    score: explained.score,
    patch: input.patch,
    kind: kindOf(label, defective, patch),
    distance,
    typical: typicalDistance(distance, input.typical),
    nearest,
    parts: partShares(sums.subarray(patch * count, (patch + 1) * count)),
    channels: topChannels(own, parts, CHANNELS),
    attention: attentionMap(sums, count, grid),
  };
  return { ...unworded, sentence: explanationSentence(unworded, parts.parts) };
}

/** The first of those with the largest distance. */
export function farthestPatch(distances: Float32Array): number {
  let best = 0;
  for (let i = 1; i < distances.length; i++) if (distances[i]! > distances[best]!) best = i;
  return best;
}

function kindOf(
  label: Explanation['label'],
  defective: Uint8Array | null,
  patch: number,
): Explanation['kind'] {
  if (label === 'normal') return 'normal';
  if (defective === null) return 'unknown';
  return defective[patch] === 1 ? 'defect' : 'background';
}
