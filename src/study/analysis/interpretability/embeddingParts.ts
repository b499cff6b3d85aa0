/** What the columns of an embedding are: which layer, or which group of its channels. */
import type { ChannelGroup } from '../../../backbone/backbone.ts';

export interface EmbeddingParts {
  /** With how many of the columns. */
  readonly parts: readonly ChannelGroup[];
  /** Of each column: index into `parts`. */
  readonly partOf: Int32Array;
  /** Of each column: its place among all channels of its part, whether the embedding has them. */
  readonly channelOf: Int32Array;
}

/**
 * Parts that the embedding has no column of are left out.
 * @param groups of all channels, laid end to end
 * @param columns the channels that the embedding has, ascending; undefined: all
 */
export function embeddingParts(
  groups: readonly ChannelGroup[],
  columns: readonly number[] | undefined,
): EmbeddingParts {
  const all = groups.flatMap(({ channels }, part) =>
    Array.from({ length: channels }, (_, channel) => ({ part, channel })),
  );
  const own = columns === undefined ? all : columns.map((column) => all[column]!);
  const present = groups
    .map(({ name }, part) => ({
      name,
      part,
      channels: own.filter((column) => column.part === part).length,
    }))
    .filter(({ channels }) => channels > 0);
  const placeOf = new Map(present.map(({ part }, place) => [part, place]));
  return {
    parts: present.map(({ name, channels }) => ({ name, channels })),
    partOf: Int32Array.from(own, ({ part }) => placeOf.get(part)!),
    channelOf: Int32Array.from(own, ({ channel }) => channel),
  };
}

/**
 * The layers, in the embedding's order; a layer whose channels are known by group is taken apart
 * where it is the only one.
 */
export function channelGroups(
  layers: readonly string[],
  widths: Readonly<Record<string, number>>,
  known: Readonly<Record<string, readonly ChannelGroup[]>>,
): readonly ChannelGroup[] {
  const [only] = layers;
  const groups = layers.length === 1 && only !== undefined ? known[only] : undefined;
  return groups ?? layers.map((name) => ({ name, channels: widths[name]! }));
}
