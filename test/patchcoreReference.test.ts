/**
 * PatchCore against the two reference implementations, on the real photographs and weights:
 * the same images, the same bank rows, every score and map. ../shared/README.md says how the
 * reference files were made.
 */
import { beforeAll, expect, it } from 'vitest';
import { openOnnxBackbone } from '../src/backbone/onnxFile.ts';
import { createRandom } from '../src/core/random.ts';
import type { MapSpec } from '../src/detector/anomalyMap.ts';
import type { EmbeddingKind } from '../src/detector/embedding.ts';
import {
  buildEmbedder,
  buildInspector,
  type EmbedSpec,
} from '../src/detector/inspector/buildInspector.ts';
import { imageTensor } from '../src/detector/inspector/inspector.ts';
import type { ScoreSpec } from '../src/detector/patchcore/imageScore.ts';
import {
  type PatchcoreTables,
  patchcoreHead,
  patchcoreTables,
} from '../src/detector/patchcore/patchcore.ts';
import type { SearchPlan } from '../src/detector/patchcore/searchPlan.ts';
import { decodeImage } from '../src/image/decodeImage.ts';
import { asFloat32, type Tensor } from '../src/tensor/elementType.ts';
import { encodeModel } from '../src/tensor/onnx/protoParts.ts';
import { openSession, type Session } from '../src/tensor/session/session.ts';
import { describeWithShared, referenceJson, referenceNpy, sharedPath } from './support/shared.ts';

const PATCHES = 28 * 28;
const TWO_BOUNDS: SearchPlan = {
  kind: 'two-bounds',
  coarse: 64,
  fine: 256,
  groupRows: 32,
  mostSurvivors: 192,
  mostCandidates: 24,
};
const ANOMALIB_MAP: MapSpec = { upsampling: 'nearest', squared: false, border: 'reflect' };
const AMAZON_MAP: MapSpec = { upsampling: 'bilinear', squared: true, border: 'symmetric' };

const photograph = async (id: string): Promise<Tensor> =>
  imageTensor(await decodeImage(sharedPath('data/mvtec/bottle', id)));

async function specFor(embedding: EmbeddingKind): Promise<EmbedSpec> {
  const backbone = await openOnnxBackbone(
    sharedPath('weights/resnet50-v2-imagenet-layers1-3.onnx'),
  );
  const preprocessing = { resize: 224, crop: 224 };
  return { backbone, layers: ['layer2', 'layer3'], embedding, preprocessing };
}

/** The bank the reference used: rows of image x 784 + patch into its training images. */
async function bankOf(spec: EmbedSpec, train: readonly string[], rows: readonly number[]) {
  const { model, dimension } = await buildEmbedder(spec);
  await using session = await openSession(encodeModel(model));
  const bank = new Float32Array(rows.length * dimension);
  let first = new Float32Array();
  for (const [image, id] of train.entries()) {
    const { embedding } = await session.run({ image: await photograph(id) });
    const patches = asFloat32(embedding!);
    if (image === 0) first = patches.slice(0, 8 * dimension);
    for (const [place, row] of rows.entries()) {
      if (Math.floor(row / PATCHES) !== image) continue;
      const start = (row % PATCHES) * dimension;
      bank.set(patches.subarray(start, start + dimension), place * dimension);
    }
  }
  const sources = new Int32Array(rows.length);
  const memory = { rows: bank, rowCount: rows.length, dimension };
  return { bank: { ...memory, sourceImage: sources, sourcePatch: sources }, first };
}

async function inspectorSession(
  spec: EmbedSpec,
  tables: PatchcoreTables,
  score: ScoreSpec['kind'],
  map: MapSpec,
): Promise<Session> {
  const { model } = await buildInspector(
    spec,
    patchcoreHead(tables, { score: { kind: score, topk: 0.01 }, map }),
  );
  return openSession(encodeModel(model));
}

/** Largest difference relative to the largest expected value. */
function relativeError(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(found.length).toBe(expected.length);
  let worst = 0;
  let scale = 0;
  for (let i = 0; i < expected.length; i++) {
    worst = Math.max(worst, Math.abs(found[i]! - expected[i]!));
    scale = Math.max(scale, Math.abs(expected[i]!));
  }
  return worst / scale;
}

const numbersOf = (file: string) => referenceNpy(file).data as Float32Array;

interface Reference {
  readonly train: string[];
  readonly test: string[];
}

describeWithShared('PatchCore as anomalib computes it', () => {
  interface Anomalib extends Reference {
    readonly coreset_rows: number[];
    readonly score_k9: number[];
    readonly score_max: number[];
  }
  let reference: Anomalib;
  let spec: EmbedSpec;
  let prepared: Awaited<ReturnType<typeof bankOf>>;

  const tablesFor = (plan: SearchPlan) =>
    patchcoreTables(prepared.bank, null, createRandom(1), { plan });

  beforeAll(async () => {
    reference = referenceJson('patchcore_anomalib.json');
    spec = await specFor('concat');
    prepared = await bankOf(spec, reference.train, reference.coreset_rows);
  });

  it('embeds patches alike', () => {
    const expected = numbersOf('patchcore_anomalib_embedding_rows0-7.npy');
    expect(relativeError(prepared.first, expected)).toBeLessThan(1e-3);
  });

  it.each<[string, number, SearchPlan]>([
    ['brute force', 6, { kind: 'brute' }],
    ['pruning', 1, TWO_BOUNDS],
  ])('gives images their reweighted score, searching by %s (every %i)', async (_, every, plan) => {
    const tables = await tablesFor(plan);
    await using session = await inspectorSession(spec, tables, 'reweighted', ANOMALIB_MAP);
    const chosen = reference.test.map((_, i) => i).filter((i) => i % every === 0);
    const scores: number[] = [];
    for (const i of chosen) {
      const { pred_score } = await session.run({ image: await photograph(reference.test[i]!) });
      scores.push(asFloat32(pred_score!)[0]!);
    }
    const expected = chosen.map((i) => reference.score_k9[i]!);
    expect(relativeError(scores, expected)).toBeLessThan(1e-3);
  });

  it('gives the maximum score and the maps', async () => {
    const tables = await tablesFor(TWO_BOUNDS);
    await using session = await inspectorSession(spec, tables, 'max', ANOMALIB_MAP);
    for (const name of ['broken_large_000', 'contamination_003', 'good_004']) {
      const id = `test/${name.slice(0, -4)}/${name.slice(-3)}.png`;
      const { pred_score, anomaly_map } = await session.run({ image: await photograph(id) });
      const expectedScore = reference.score_max[reference.test.indexOf(id)]!;
      expect(asFloat32(pred_score!)[0]! / expectedScore).toBeCloseTo(1, 3);
      expect(anomaly_map!.dims).toEqual([1, 1, 224, 224]);
      const expected = numbersOf(`patchcore_anomalib_map_${name}.npy`);
      expect(relativeError(asFloat32(anomaly_map!), expected)).toBeLessThan(1e-3);
    }
  });
});

describeWithShared('PatchCore as amazon-science/patchcore-inspection computes it', () => {
  interface Amazon extends Reference {
    readonly bank_rows: number[];
    readonly score: number[];
  }

  it('gives the embedding, every score (squared there) and the map', async () => {
    const reference = referenceJson<Amazon>('patchcore_amazon.json');
    const spec = await specFor('paper1024');
    const { bank, first } = await bankOf(spec, reference.train, reference.bank_rows);
    const expected = numbersOf('patchcore_amazon_embedding_rows0-7.npy');
    expect(relativeError(first, expected)).toBeLessThan(1e-3);

    const tables = await patchcoreTables(bank, null, createRandom(1));
    await using session = await inspectorSession(spec, tables, 'max', AMAZON_MAP);
    const squares: number[] = [];
    for (const id of reference.test) {
      const { pred_score, anomaly_map } = await session.run({ image: await photograph(id) });
      squares.push(asFloat32(pred_score!)[0]! ** 2);
      if (id !== 'test/broken_large/000.png') continue;
      const map = numbersOf('patchcore_amazon_map_broken_large_000.npy');
      expect(relativeError(asFloat32(anomaly_map!), map)).toBeLessThan(1e-3);
    }
    expect(relativeError(squares, reference.score)).toBeLessThan(1e-3);
  });
});
