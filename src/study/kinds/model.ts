/** A model file of a study: an inspector as `fit` writes it, calibrated on the validation images. */
import { join } from 'node:path';
import { calibrate } from '../../calibration/calibrate.ts';
import { imagesNeeded } from '../../calibration/conformalRank.ts';
import { writeFileAtomic } from '../../core/atomicFile.ts';
import { flawmapVersion } from '../../core/version.ts';
import { DEFAULT_MAP } from '../../detector/anomalyMap.ts';
import type { Head } from '../../detector/head.ts';
import { buildInspector } from '../../detector/inspector/buildInspector.ts';
import {
  type DetectorMetadata,
  type InspectorMetadata,
  SCHEMA_VERSION,
} from '../../detector/inspector/metadata.ts';
import { encodeInspector } from '../../detector/inspector/writeInspector.ts';
import { readGaussians } from '../../detector/padim/gaussianFile.ts';
import type { JobContext, Kind } from '../../pipeline/kind.ts';
import { readJson, writeJson } from '../artifacts/binaryFile.ts';
import { buildNetwork, embedSpec } from '../network.ts';
import { patchcoreModel } from './bank.ts';
import { calibrationScores } from './calibrationScores.ts';
import { backboneOf } from './condition.ts';
import { GAUSSIANS, type GaussiansDocument, padimModel, STATISTICS } from './gaussians.ts';
import type { ModelOptions, PatchcoreOptions } from './jobOptions.ts';

export const MODEL = 'model.onnx';
export const MODEL_DOCUMENT = 'model.json';

export interface ModelDocument {
  readonly bankRows: number | null;
}

export const modelKind: Kind = {
  name: 'model',
  version: 2,
  async run(context: JobContext<ModelOptions>) {
    const { options, inputs, folder } = context;
    const { category, method, network: settings, seed, training } = options;
    const network = await buildNetwork(method, settings, [seed], backboneOf(context));
    const { backbone } = network;
    const { dimension, grid } = network.embeddingFor(seed);
    const { head, detector } = await openModel(inputs[options.model]!, options);
    const inspector = await buildInspector(embedSpec(method, settings, seed, backbone), head);

    const scored = await calibrationScores(context, inspector, dimension);
    const normals = scored.filter(({ label }) => label === 'normal').length;
    // With too few images for the rate, the threshold is the highest score and says so.
    const fpr = normals >= imagesNeeded(options.fpr) ? options.fpr : undefined;
    const { preprocessing, layers } = settings;
    const metadata: InspectorMetadata = {
      schemaVersion: SCHEMA_VERSION,
      createdBy: `flawmap ${flawmapVersion()}`,
      category,
      seed,
      detector,
      backbone: {
        name: backbone.name,
        sha256: backbone.sha256,
        layers,
        standardised: backbone.standardise,
      },
      preprocessing,
      embedding: {
        kind: method === 'padim' ? 'channels' : (settings as PatchcoreOptions).embedding,
        dimension,
        grid,
      },
      map: { ...DEFAULT_MAP, height: preprocessing.crop, width: preprocessing.crop },
      steps: inspector.steps,
      training: [...training],
      calibration: { ...calibrate({ scores: scored, fpr }), images: scored },
    };
    await writeFileAtomic(join(folder, MODEL), encodeInspector(inspector.model, metadata, []));
    const document: ModelDocument = {
      bankRows: detector.method === 'patchcore' ? detector.bank.rows : null,
    };
    await writeJson(join(folder, MODEL_DOCUMENT), document);
  },
};

async function openModel(
  folder: string,
  { method, seed, coreset, score }: ModelOptions,
): Promise<{ head: Head; detector: DetectorMetadata }> {
  if (method === 'patchcore') return patchcoreModel(folder, seed, coreset, score);
  const { models } = await readJson<GaussiansDocument>(join(folder, GAUSSIANS));
  const { channels, regulariser } = models.find((model) => model.seed === seed)!;
  const gaussians = await readGaussians(join(folder, STATISTICS));
  return {
    head: padimModel(gaussians, regulariser),
    detector: { method: 'padim', channels, regulariser },
  };
}
