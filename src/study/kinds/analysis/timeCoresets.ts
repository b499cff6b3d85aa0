/** PatchCore with more and fewer rows: what each takes and what it is worth. */
import { createRandom } from '../../../core/random.ts';
import type { Sample } from '../../../data/dataset.ts';
import { DEFAULT_MAP } from '../../../detector/anomalyMap.ts';
import { buildScorer } from '../../../detector/inspector/buildScorer.ts';
import { bankRows, type FittedBank } from '../../../detector/patchcore/fitBank.ts';
import { patchcoreHead, patchcoreTables } from '../../../detector/patchcore/patchcore.ts';
import { auroc } from '../../../metrics/auroc.ts';
import type { JobContext } from '../../../pipeline/kind.ts';
import type { CoresetLevel } from '../../../result/analysis/efficiency.ts';
import { measure, notComputable } from '../../../result/analysis/figure.ts';
import { asFloat32, float32 } from '../../../tensor/elementType.ts';
import { encodeModel } from '../../../tensor/onnx/protoParts.ts';
import { openSession, type Session } from '../../../tensor/session/session.ts';
import { embeddedImages } from '../../embeddedImages.ts';
import { buildNetwork } from '../../network.ts';
import { readBank, type StoredBank } from '../bank.ts';
import { backboneOf } from '../condition.ts';
import type { CoresetOptions, EfficiencyOptions } from './efficiencyOptions.ts';

export interface TimedLevel extends CoresetLevel {
  /** To search and score each image, embedding aside. */
  readonly milliseconds: readonly number[];
}

/** Before the first image counts. */
const WARM_UP = 3;

/** All levels see one image after the other, so that whatever slows the machine slows all alike. */
export async function timeCoresets(
  context: JobContext<EfficiencyOptions>,
  options: CoresetOptions,
  samples: readonly Sample[],
): Promise<TimedLevel[]> {
  const { seed } = context.options;
  const network = await buildNetwork('patchcore', options.network, [seed], backboneOf(context));
  const embedding = network.embeddingFor(seed);
  const stored = await readBank(context.inputs[options.bank]!);
  const levels: OpenLevel[] = [];
  try {
    for (const share of options.shares) {
      context.control.signal?.throwIfAborted();
      levels.push(await openLevel(share, stored, embedding, seed, options));
    }
    const { control } = context;
    for await (const image of embeddedImages(network, samples, 'timing coresets', control, 1)) {
      const rows = image.embeddings[embedding.output]!;
      const input = float32(rows, [rows.length / embedding.dimension, embedding.dimension]);
      for (const { session, scores, milliseconds } of levels) {
        const run = () => session.run({ embedding: input }, ['distance', 'pred_score']);
        if (scores.length === 0) for (let i = 0; i < WARM_UP; i++) await run();
        const start = performance.now();
        const { pred_score } = await run();
        milliseconds.push(performance.now() - start);
        scores.push(asFloat32(pred_score!)[0]!);
      }
    }
  } finally {
    for (const { session } of levels) await session.close();
  }
  const labels = samples.map(({ label }) => (label === 'anomalous' ? 1 : 0));
  return levels.map(({ session: _, scores, ...level }) => {
    const value = auroc(scores, labels);
    const missing = labels.includes(1) ? 'no normal test images' : 'no anomalous test images';
    return { ...level, imageAuroc: value === null ? notComputable(missing) : measure(value) };
  });
}

interface OpenLevel {
  readonly share: number;
  readonly own: boolean;
  readonly rows: number;
  readonly bytes: number;
  readonly session: Session;
  readonly scores: number[];
  readonly milliseconds: number[];
}

async function openLevel(
  share: number,
  { bank, standardisation }: StoredBank,
  { dimension, grid }: { readonly dimension: number; readonly grid: readonly [number, number] },
  seed: number,
  { own, training, network, score }: CoresetOptions,
): Promise<OpenLevel> {
  const rows = bankRows(share, training * grid[0] * grid[1]);
  const random = createRandom(seed).fork('search');
  const tables = await patchcoreTables(firstRows(bank, rows), standardisation, random);
  const head = patchcoreHead(tables, { score, map: DEFAULT_MAP });
  const size = network.preprocessing.crop;
  const model = encodeModel(buildScorer({ dimension, grid }, head, [size, size]));
  return {
    share,
    own: share === own,
    rows,
    bytes: model.length,
    session: await openSession(model),
    scores: [],
    milliseconds: [],
  };
}

/** Rows are chosen one after the other, so that the first of a bank are a smaller one's. */
function firstRows(bank: FittedBank, rowCount: number) {
  return {
    ...bank,
    rowCount,
    rows: bank.rows.subarray(0, rowCount * bank.dimension),
    sourceImage: bank.sourceImage.subarray(0, rowCount),
    sourcePatch: bank.sourcePatch.subarray(0, rowCount),
  };
}
