/** What a backbone is: a frozen feature network that can be written into a graph. */
import type { Value } from '../tensor/graph.ts';

/** Channels of a layer that lie beside each other and belong together. */
export interface ChannelGroup {
  readonly name: string;
  readonly channels: number;
}

export interface Backbone {
  /** Catalogue name, or the file's name. */
  readonly name: string;
  /** SHA-256 of the weights file; null for a backbone that needs none. */
  readonly sha256: string | null;
  /** Of a backbone without weights: raised whenever its numbers change, by rounding too. */
  readonly revision?: number;
  /** Every layer that can be asked for, shallow to deep. */
  readonly layers: readonly string[];
  readonly defaultLayers: readonly string[];
  /**
   * Whether embeddings must be standardised (per dimension, statistics of the training images)
   * before distances mean anything; the detector does it in its score graph.
   */
  readonly standardise: boolean;
  /** By layer, what its channels are, in their order, where that is known. */
  readonly channelGroups?: Readonly<Record<string, readonly ChannelGroup[]>>;
  /**
   * How many pixels around a position its features are to be computed from, where an image is
   * looked at in tiles: less shows as seams (docs/large-images.md). Undefined: not measured.
   */
  readonly context?: number;
  /** Size of the weights in the model file, in bytes. */
  readonly weightBytes: number;
  /**
   * Adds the network to the graph, without what the wanted layers do not need.
   * @param image float32 [N, 3, H, W], RGB, grey levels 0 to 255, H and W known
   * @returns for each wanted layer float32 [N, channels, h, w] with all but N known
   * @throws FlawmapError (input) for a layer that is not there, listing those that are
   */
  build(image: Value, layers: readonly string[]): Promise<readonly Value[]>;
}
