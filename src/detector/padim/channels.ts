/** PaDiM's embedding: a few channels of each layer, brought to the finest grid by repetition. */
import { usageError } from '../../core/error.ts';
import type { Random } from '../../core/random.ts';
import { int64 } from '../../tensor/elementType.ts';
import type { Value } from '../../tensor/graph.ts';
import { concat, gather, reshape, transpose } from '../../tensor/ops/layout.ts';
import { resizeNearest } from '../../tensor/ops/neural.ts';
import type { Embedding } from '../embedding.ts';

/** The paper's choice for ResNet-18, and anomalib's default for most backbones. */
export const DEFAULT_CHANNELS = 100;

/** Ascending indices into the layers' channels laid end to end, given how many there are. */
export type ChannelChoice = (total: number) => readonly number[];

/**
 * A seeded choice of `count` among all channels.
 * @throws FlawmapError (usage) where there are fewer
 */
export function randomChannels(count: number, random: Random): ChannelChoice {
  const chosen = new Map<number, readonly number[]>();
  return (total) => {
    const known = chosen.get(total) ?? choose(total, count, random);
    chosen.set(total, known);
    return known;
  };
}

function choose(total: number, count: number, random: Random): number[] {
  if (count < 1 || count > total) {
    throw usageError({
      what: '--channels is out of range',
      expected: `1 to ${total}, the channels of the chosen layers`,
      found: String(count),
      remedy: 'choose fewer channels, or more layers',
    });
  }
  const all = Array.from({ length: total }, (_, i) => i);
  return random
    .shuffle(all)
    .slice(0, count)
    .sort((a, b) => a - b);
}

/**
 * @param features float32 [N, channels, h, w] each, the finest grid first
 * @param grid the finest, where no feature of that layer is among them
 */
export function embedChannels(
  features: readonly Value[],
  choice: ChannelChoice,
  grid: readonly [number, number] = gridOf(features[0]!),
): Embedding {
  const { graph } = features[0]!;
  const channels = choice(features.reduce((sum, feature) => sum + (feature.shape[1] as number), 0));
  return graph.scope('embedding', () => {
    const parts: Value[] = [];
    let first = 0;
    for (const feature of features) {
      const count = feature.shape[1] as number;
      const start = first;
      first += count;
      const own = channels.filter((index) => index >= start && index < first);
      if (own.length === 0) continue;
      const indices = own.map((index) => index - start);
      const chosen = gather(feature, graph.constant('channels', int64(indices)), 1);
      const [, , height, width] = chosen.shape;
      const fits = height === grid[0] && width === grid[1];
      parts.push(fits ? chosen : resizeNearest(chosen, grid));
    }
    const all = parts.length === 1 ? parts[0]! : concat(parts, 1);
    const dimension = channels.length;
    const rows = reshape(transpose(all, [0, 2, 3, 1]), [-1, dimension]);
    return { rows, dimension, grid, channels };
  });
}

const gridOf = ({ shape }: Value) => shape.slice(2) as [number, number];
