/** PaDiM's embedding: a few channels of each layer, brought to the finest grid by repetition. */
import { usageError } from '../../core/error.ts';
import type { Random } from '../../core/random.ts';
import { int64 } from '../../tensor/elementType.ts';
import type { Value } from '../../tensor/graph.ts';
import { concat, gather, reshape, transpose } from '../../tensor/ops/layout.ts';
import { resize } from '../../tensor/ops/neural.ts';
import type { Embedding } from '../embedding.ts';

/** The paper's choice for ResNet-18, and anomalib's default for most backbones. */
export const DEFAULT_CHANNELS = 100;

/** A seeded choice among all channels of the concatenated layers, ascending. */
export function chooseChannels(total: number, count: number, random: Random): number[] {
  if (count < 1 || count > total) {
    throw usageError({
      what: 'the number of channels is out of range',
      expected: `1 to ${total}, the channels of the chosen layers`,
      found: String(count),
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
 * @param channels ascending indices into the layers' channels laid end to end
 */
export function embedChannels(
  features: readonly Value[],
  channels: readonly number[],
  grid: readonly [number, number] = features[0]!.shape.slice(2) as [number, number],
): Embedding {
  const { graph } = features[0]!;
  return graph.scope('embedding', () => {
    const parts: Value[] = [];
    let first = 0;
    for (const feature of features) {
      const count = feature.shape[1] as number;
      const own = channels.filter((index) => index >= first && index < first + count);
      first += count;
      if (own.length === 0) continue;
      const indices = own.map((index) => index - first + count);
      const chosen = gather(feature, graph.constant('channels', int64(indices)), 1);
      const [, , height, width] = chosen.shape;
      const fits = height === grid[0] && width === grid[1];
      parts.push(fits ? chosen : resize(chosen, grid, { mode: 'nearest' }));
    }
    const all = parts.length === 1 ? parts[0]! : concat(parts, 1);
    const dimension = channels.length;
    return { rows: reshape(transpose(all, [0, 2, 3, 1]), [-1, dimension]), dimension, grid };
  });
}
