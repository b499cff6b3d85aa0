/** Explains images by the model that scored them. */
import { join } from 'node:path';
import { readImageSize } from '../../../image/imageSize.ts';
import type { JobContext } from '../../../pipeline/kind.ts';
import type { Explanation, PlacedPatch } from '../../../result/analysis/interpretability.ts';
import type { ExplainedImage } from '../../analysis/interpretability/chooseImages.ts';
import {
  channelGroups,
  type EmbeddingParts,
  embeddingParts,
} from '../../analysis/interpretability/embeddingParts.ts';
import { explanation, farthestPatch } from '../../analysis/interpretability/explanation.ts';
import { placePatch } from '../../analysis/interpretability/placePatch.ts';
import type { FeaturedImage, OpenFeatures } from '../../features/openFeatures.ts';
import type { StoredBank } from '../bank.ts';
import { placesOf } from '../condition.ts';
import type { PatchcoreOptions } from '../jobOptions.ts';
import { openPadimExplainer, openPatchcoreExplainer } from './explainer.ts';
import { largestDistances } from './interpretabilityInputs.ts';
import type { InterpretabilityOptions } from './interpretabilityOptions.ts';

type Context = JobContext<InterpretabilityOptions>;

export interface ImageExplainer extends AsyncDisposable {
  readonly parts: EmbeddingParts['parts'];
  explain(explained: ExplainedImage, image: FeaturedImage<unknown>): Promise<Explanation>;
}

/**
 * @param stored PatchCore's bank; null for PaDiM
 * @param defective patches of the images that have a mask, by id
 */
export async function openImageExplainer(
  context: Context,
  features: OpenFeatures,
  stored: StoredBank | null,
  defective: ReadonlyMap<string, Uint8Array>,
): Promise<ImageExplainer> {
  const { options, inputs } = context;
  const { seed, network: settings } = options;
  const { output, grid } = features.embeddingFor(seed);
  const parts = partsOf(options, features);
  const typical = await largestDistances(context, grid);
  const model = inputs[options.model]!;
  const explainer =
    stored === null
      ? await openPadimExplainer(model, seed)
      : await openPatchcoreExplainer(model, seed, stored);
  return {
    parts: parts.parts,
    async explain(explained, image) {
      const { id } = explained.image;
      const { distances, terms, nearest } = await explainer.explain(image.embeddings[output]!);
      const patch = farthestPatch(distances);
      return explanation({
        explained,
        grid,
        parts,
        distances,
        terms,
        defective: defective.get(id) ?? null,
        typical,
        patch: placePatch(id, image, patch, grid, settings.preprocessing),
        nearest: stored && nearest && (await placeRow(context, stored, nearest[patch]!, grid)),
      });
    },
    [Symbol.asyncDispose]: () => explainer[Symbol.asyncDispose](),
  };
}

function partsOf(
  { method, seed, network: options }: InterpretabilityOptions,
  features: OpenFeatures,
): EmbeddingParts {
  const { dimension, channels } = features.embeddingFor(seed);
  // Averaged down to fewer dimensions, an embedding has no layers left.
  if (method === 'patchcore' && (options as PatchcoreOptions).embedding === 'paper1024') {
    return embeddingParts([{ name: 'all layers together', channels: dimension }], undefined);
  }
  const groups = channelGroups(options.layers, features.layerWidths, features.channelGroups);
  return embeddingParts(groups, channels);
}

/** A bank row on the training image that it was learnt from. */
async function placeRow(
  context: Context,
  { bank: { sourceImage, sourcePatch } }: StoredBank,
  row: number,
  grid: readonly [number, number],
): Promise<PlacedPatch> {
  const { category, training, network } = context.options;
  const id = training[sourceImage[row]!]!;
  const size = await readImageSize(join(placesOf(context).roots[category]!, id));
  return placePatch(id, size, sourcePatch[row]!, grid, network.preprocessing);
}
