/** The backbone with the embeddings that a method's seeds need, in one graph. */
import type { Backbone } from '../backbone/backbone.ts';
import { openBackbone } from '../backbone/openBackbone.ts';
import { pooledLayers } from '../backbone/pooledLayers.ts';
import { inputError } from '../core/error.ts';
import { createRandom } from '../core/random.ts';
import type { EmbeddingKind } from '../detector/embedding.ts';
import type { EmbedSpec } from '../detector/inspector/buildInspector.ts';
import { buildSharedEmbedder, type SharedEmbedder } from '../detector/inspector/sharedEmbedder.ts';
import { type ChannelChoice, randomChannels } from '../detector/padim/channels.ts';
import type { Method } from '../result/scenario.ts';
import type {
  NetworkOptions,
  NetworkPart,
  PadimOptions,
  PatchcoreOptions,
} from './kinds/jobOptions.ts';

/** @throws FlawmapError (input) where the file is no longer the one the study was planned with */
export async function openPlannedBackbone(
  { backbone: { name, sha256 }, pooledTo }: NetworkOptions,
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
  return pooledTo === undefined ? backbone : pooledLayers(backbone, pooledTo);
}

/** PatchCore's embedding is the same for every seed; each of PaDiM's seeds chooses its channels. */
export function embeddingOf(
  method: Method,
  network: PatchcoreOptions | PadimOptions,
  seed: number,
): EmbeddingKind | ChannelChoice {
  if (method === 'patchcore') return (network as PatchcoreOptions).embedding;
  return channelsOf(network as PadimOptions, seed);
}

/** As `fit --seed` draws them. */
export const channelsOf = ({ channels }: PadimOptions, seed: number): ChannelChoice =>
  randomChannels(channels, createRandom(seed).fork('channels'));

export interface JointNetwork extends SharedEmbedder {
  readonly backbone: Backbone;
  /** The embedding that a method's seed reads. */
  embeddingOf(method: Method, seed: number): SharedEmbedder['embeddings'][number];
}

/**
 * One pass through the backbone for several methods.
 * @param parts of the same backbone and preprocessing, one a method
 */
export async function buildJointNetwork(
  parts: readonly NetworkPart[],
  place: string,
): Promise<JointNetwork> {
  const { network } = parts[0]!;
  const backbone = await openPlannedBackbone(network, place);
  const wanted = parts.flatMap(({ method, network: own, seeds }) =>
    (method === 'patchcore' ? seeds.slice(0, 1) : seeds).map((seed) => ({
      method,
      seed,
      layers: own.layers,
      kind: embeddingOf(method, own, seed),
    })),
  );
  const { preprocessing } = network;
  const shared = await buildSharedEmbedder({ backbone, preprocessing }, wanted);
  return {
    ...shared,
    backbone,
    embeddingOf: (method, seed) =>
      shared.embeddings[
        wanted.findIndex(
          (own) => own.method === method && (method === 'patchcore' || own.seed === seed),
        )
      ]!,
  };
}

export interface Network extends Omit<JointNetwork, 'embeddingOf'> {
  /** The embedding that a seed reads. */
  embeddingFor(seed: number): SharedEmbedder['embeddings'][number];
}

export async function buildNetwork(
  method: Method,
  network: PatchcoreOptions | PadimOptions,
  seeds: readonly number[],
  place: string,
): Promise<Network> {
  const { embeddingOf: embedding, ...joint } = await buildJointNetwork(
    [{ method, network, seeds }],
    place,
  );
  return { ...joint, embeddingFor: (seed) => embedding(method, seed) };
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
