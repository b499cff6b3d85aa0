/** The backbone with the embeddings that a method's seeds need, in one graph. */
import type { Backbone } from '../backbone/backbone.ts';
import { openBackbone } from '../backbone/openBackbone.ts';
import { inputError } from '../core/error.ts';
import { createRandom } from '../core/random.ts';
import type { EmbeddingKind } from '../detector/embedding.ts';
import type { EmbedSpec } from '../detector/inspector/buildInspector.ts';
import { buildSharedEmbedder, type SharedEmbedder } from '../detector/inspector/sharedEmbedder.ts';
import { type ChannelChoice, randomChannels } from '../detector/padim/channels.ts';
import type { Method } from '../result/scenario.ts';
import type { NetworkOptions, PadimOptions, PatchcoreOptions } from './kinds/jobOptions.ts';

/** @throws FlawmapError (input) where the file is no longer the one the study was planned with */
export async function openPlannedBackbone(
  { backbone: { name, sha256 } }: NetworkOptions,
  place: string,
): Promise<Backbone> {
  const backbone = await openBackbone(place);
  if (backbone.sha256 !== sha256) {
    throw inputError({
      what: `the backbone ${name} changed while the study ran`,
      expected: `SHA-256 ${sha256}`,
      found: String(backbone.sha256),
      remedy: 'run the study again',
    });
  }
  return backbone;
}

/** PatchCore's embedding is the same for every seed; each of PaDiM's seeds chooses its channels. */
export function embeddingOf(
  method: Method,
  network: PatchcoreOptions | PadimOptions,
  seed: number,
): EmbeddingKind | ChannelChoice {
  if (method === 'patchcore') return (network as PatchcoreOptions).embedding;
  // As `fit --seed` draws them.
  return randomChannels((network as PadimOptions).channels, createRandom(seed).fork('channels'));
}

export interface Network extends SharedEmbedder {
  readonly backbone: Backbone;
  /** The embedding that a seed reads. */
  embeddingFor(seed: number): SharedEmbedder['embeddings'][number];
}

export async function buildNetwork(
  method: Method,
  network: PatchcoreOptions | PadimOptions,
  seeds: readonly number[],
  place: string,
): Promise<Network> {
  const backbone = await openPlannedBackbone(network, place);
  const { layers, preprocessing } = network;
  const different = method === 'patchcore' ? seeds.slice(0, 1) : seeds;
  const kinds = different.map((seed) => embeddingOf(method, network, seed));
  const shared = await buildSharedEmbedder({ backbone, layers, preprocessing }, kinds);
  return {
    ...shared,
    backbone,
    embeddingFor: (seed) => shared.embeddings[Math.max(0, different.indexOf(seed))]!,
  };
}

/** What an inspector of one seed is built from. */
export function embedSpec(
  method: Method,
  network: PatchcoreOptions | PadimOptions,
  seed: number,
  backbone: Backbone,
): EmbedSpec {
  const { layers, preprocessing } = network;
  return { backbone, layers, preprocessing, embedding: embeddingOf(method, network, seed) };
}
