import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeTree } from '../../../test/support/tree.ts';
import { openBackbone } from '../../backbone/openBackbone.ts';
import { createRandom } from '../../core/random.ts';
import { openCategory } from '../../data/openCategory.ts';
import { writeSyntheticDataset } from '../../data/synthetic/writeSyntheticDataset.ts';
import { DEFAULT_MAP } from '../../detector/anomalyMap.ts';
import { openEmbeddingFile } from '../../detector/embeddingSource.ts';
import type { Head } from '../../detector/head.ts';
import { buildInspector } from '../../detector/inspector/buildInspector.ts';
import { KEPT_EMBEDDING } from '../../detector/inspector/keptFeatures.ts';
import { createGaussianLearner } from '../../detector/padim/gaussianLearner.ts';
import { fitBank } from '../../detector/patchcore/fitBank.ts';
import { patchcoreHead, patchcoreTables } from '../../detector/patchcore/patchcore.ts';
import { scoreCalibration } from '../../inspection/learn/scoreCalibration.ts';
import type { JobContext } from '../../pipeline/kind.ts';
import type { Method } from '../../result/scenario.ts';
import { encodeModel } from '../../tensor/onnx/protoParts.ts';
import { featureFile } from '../features/featuresFile.ts';
import { openFeatures } from '../features/openFeatures.ts';
import { embedSpec } from '../network.ts';
import { calibrationScores } from './calibrationScores.ts';
import { featuresKind } from './features.ts';
import { padimModel } from './gaussians.ts';
import type {
  FeaturesOptions,
  ModelOptions,
  PadimOptions,
  PatchcoreOptions,
} from './jobOptions.ts';

const SEED = 7;
const shared = {
  backbone: { name: 'filterbank', sha256: null },
  layers: ['filterbank'],
  preprocessing: { resize: 64, crop: 64 },
};
const networks = {
  patchcore: { ...shared, embedding: 'concat' } as PatchcoreOptions,
  padim: { ...shared, channels: 12 } as PadimOptions,
};
const METHODS = ['patchcore', 'padim'] as const;

let root: string;
const features = () => join(root, 'features');
const contextOf = <O>(options: O, inputs = {}): JobContext<O> => ({
  options,
  inputs,
  folder: features(),
  control: {},
  local: {
    roots: { carpet: join(root, 'data', 'carpet') },
    backbone: 'filterbank',
    features: ['features'],
  },
});

async function photographs() {
  const { test } = await openCategory(join(root, 'data'), 'carpet');
  const images = test.map(({ id, label, defectType }) => ({ id, label, defectType, mask: null }));
  return { samples: test, images };
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'flawmap-calibration-'));
  const count = { train: 1, good: 3, anomalous: 2 };
  await writeSyntheticDataset({ out: join(root, 'data'), size: 80, count, categories: ['carpet'] });
  mkdirSync(features());
  const { images } = await photographs();
  const parts = METHODS.map((method) => ({ method, network: networks[method], seeds: [SEED] }));
  const options = { category: 'carpet', images, condition: null, parts, described: true };
  await featuresKind.run(contextOf<FeaturesOptions>(options));
}, 60_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Of a model that has learnt the same images, so that it has something to tell apart. */
async function headOf(method: Method): Promise<{ head: Head; dimension: number }> {
  const { images } = await photographs();
  const use = { category: 'carpet', method, network: networks[method], seeds: [SEED] };
  await using open = await openFeatures(contextOf(null, { features: features() }), use);
  const { dimension, grid, output } = open.embeddingFor(SEED);
  const patches = grid[0] * grid[1];
  if (method === 'padim') {
    const learner = createGaussianLearner(patches, dimension);
    for await (const { embeddings } of open.images(images, 'learning', {})) {
      learner.learn(embeddings[output]!);
    }
    return { head: padimModel(learner.finish(), 0.01), dimension };
  }
  await using source = await openEmbeddingFile(featureFile(features(), KEPT_EMBEDDING), dimension);
  const random = createRandom(SEED);
  const bank = await fitBank(source, patches, 0.1, null, random, {});
  const tables = await patchcoreTables(bank, null, random.fork('search'));
  const score = { kind: 'max', topk: 0.01 } as const;
  return { head: patchcoreHead(tables, { score, map: DEFAULT_MAP }), dimension };
}

it.each(METHODS)(
  'are those of the whole graph on the photographs, to the last bit: %s',
  async (method) => {
    const { samples, images } = await photographs();
    const { head, dimension } = await headOf(method);
    const spec = embedSpec(method, networks[method], SEED, await openBackbone('filterbank'));
    const inspector = await buildInspector(spec, head);
    const options = {
      method,
      network: networks[method],
      seed: SEED,
      calibration: [{ category: 'carpet', images, condition: null }],
    } as unknown as ModelOptions;
    const context = contextOf(options, { features: features() });
    const found = await calibrationScores(context, inspector, dimension);
    const graphFile = join(makeTree({ 'graph.onnx': encodeModel(inspector.model) }), 'graph.onnx');
    const { steps } = inspector;
    const traits = { steps, tiling: undefined, dimension, seed: SEED };
    const expected = await scoreCalibration(graphFile, traits, samples, {});
    expect(found).toEqual(expected);
    // Key by key, as the model file will have them.
    expect(JSON.stringify(found)).toBe(JSON.stringify(expected));
    expect(new Set(found.map(({ score }) => score)).size).toBeGreaterThan(1);
  },
);
