/**
 * `features`: images of one condition through the backbone, once for all jobs that go on from there.
 * What it leaves is transient, and no part of their keys: whoever changes it raises their versions.
 */
import { freeMemory } from '../../core/freeMemory.ts';
import { requireDiskSpace } from '../../core/requireDiskSpace.ts';
import { imageTensor } from '../../detector/inspector/inspector.ts';
import {
  buildFeatureKeeper,
  type FeatureKeeper,
  KEPT_EMBEDDING,
  keptLayerName,
  type WantedFeatures,
} from '../../detector/inspector/keptFeatures.ts';
import { imagingConditions } from '../../inspection/conditions/imagingConditions.ts';
import { decodedSamples } from '../../inspection/decodedSamples.ts';
import { photometry } from '../../inspection/describeImage.ts';
import type { JobContext, Kind } from '../../pipeline/kind.ts';
import { asFloat32 } from '../../tensor/elementType.ts';
import { encodeModel } from '../../tensor/onnx/protoParts.ts';
import { openSession } from '../../tensor/session/session.ts';
import { type NumberWriter, openNumberWriter } from '../artifacts/binaryFile.ts';
import { EMBEDDER } from '../embeddedImages.ts';
import {
  bytesPerImage,
  type FeaturesDocument,
  featureFile,
  layerLength,
  writeFeatures,
} from '../features/featuresFile.ts';
import { channelsOf, openPlannedBackbone } from '../network.ts';
import { backboneOf, conditionSamples } from './condition.ts';
import type { FeaturesOptions, PadimOptions, PatchcoreOptions } from './jobOptions.ts';

export const featuresKind: Kind = {
  name: 'features',
  version: 2,
  async run(context: JobContext<FeaturesOptions>) {
    const { options, folder, control } = context;
    const samples = await conditionSamples(context);
    const { network } = options.parts[0]!;
    const backbone = await openPlannedBackbone(network, backboneOf(context));
    const { preprocessing } = network;
    const keeper = await buildFeatureKeeper({ backbone, preprocessing }, wantedBy(options));
    await requireDiskSpace(
      folder,
      samples.length * bytesPerImage(keeper.kept),
      `the features of ${samples.length} images`,
      'set cache.folder to a folder on another disk',
    );
    const images: FeaturesDocument['images'][number][] = [];
    await using session = await openSession(encodeModel(keeper.model), { name: EMBEDDER });
    await using writers = await openWriters(folder, keeper);
    const decoded = decodedSamples(samples, 'computing features', control);
    for await (const { sample, image, sha256 } of decoded) {
      const outputs = await session.run({ image: imageTensor(image) });
      for (const [tensor, writer] of writers.byTensor) {
        const numbers = asFloat32(outputs[tensor]!);
        await writer.append(numbers);
        freeMemory(numbers);
      }
      const { width, height } = image;
      const described = options.described
        ? { sha256, photometry: photometry(image), conditions: imagingConditions(image) }
        : null;
      images.push({ id: sample.id, width, height, described });
    }
    await writeFeatures(folder, {
      ...keeper.kept,
      category: options.category,
      images,
      standardise: backbone.standardise,
      channelGroups: backbone.channelGroups ?? {},
    });
  },
};

function wantedBy({ parts }: FeaturesOptions): WantedFeatures {
  const patchcore = parts.find(({ method }) => method === 'patchcore');
  const padim = parts.find(({ method }) => method === 'padim');
  return {
    patchcore: patchcore
      ? {
          layers: patchcore.network.layers,
          kind: (patchcore.network as PatchcoreOptions).embedding,
        }
      : null,
    padim: padim
      ? {
          layers: padim.network.layers,
          choices: padim.seeds.map((seed) => channelsOf(padim.network as PadimOptions, seed)),
        }
      : null,
  };
}

interface Writers extends AsyncDisposable {
  readonly byTensor: ReadonlyMap<string, NumberWriter>;
}

async function openWriters(folder: string, { kept }: FeatureKeeper): Promise<Writers> {
  const tensors = [
    ...(kept.patchcore === null ? [] : [KEPT_EMBEDDING]),
    ...(kept.padim ?? []).flatMap((layer, place) =>
      layerLength(layer) === 0 ? [] : [keptLayerName(place)],
    ),
  ];
  const byTensor = new Map<string, NumberWriter>();
  for (const tensor of tensors) {
    byTensor.set(tensor, await openNumberWriter(featureFile(folder, tensor)));
  }
  return {
    byTensor,
    async [Symbol.asyncDispose]() {
      for (const writer of byTensor.values()) await writer[Symbol.asyncDispose]();
    },
  };
}
