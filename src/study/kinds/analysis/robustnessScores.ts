/**
 * `robustness-scores`: what models make of images under conditions that are made in memory. The
 * backbone runs once an image for all models; only image scores are kept.
 */
import { join } from 'node:path';
import type { JobContext, Kind } from '../../../pipeline/kind.ts';
import { readJson, writeJson } from '../../artifacts/binaryFile.ts';
import { openScorer, type Scorer } from '../../artifacts/scorer.ts';
import { openEmbedder } from '../../embeddedImages.ts';
import type { ImageRef } from '../../images.ts';
import { buildJointNetwork, type JointNetwork } from '../../network.ts';
import { shiftedImages } from '../../shiftedImages.ts';
import { backboneOf, conditionSamples } from '../condition.ts';
import type { MethodPart, RobustnessScoresOptions } from './robustnessOptions.ts';

/** What the job leaves. */
interface ShiftedScores {
  readonly passes: readonly ScoredPass[];
}

export interface ScoredPass {
  readonly name: string;
  readonly models: readonly string[];
  /** Over all images. */
  readonly redraws: number;
  readonly images: readonly {
    readonly id: string;
    /** In the order of `models`. */
    readonly scores: readonly number[];
  }[];
}

const SHIFTED_SCORES = 'shifted-scores.json';

export const robustnessScoresKind: Kind = {
  name: 'robustness-scores',
  version: 1,
  async run(context: JobContext<RobustnessScoresOptions>) {
    const { options, folder, control } = context;
    const network = await jointNetwork(options.parts, context);
    await using embedder = await openEmbedder(network);
    await using readers = await openReaders(context, network);
    const items = await itemsOf(context);
    const passes = options.passes.map(({ name, models }) => ({
      name,
      models,
      redraws: 0,
      images: [] as ScoredPass['images'][number][],
    }));
    const step = 'scoring shifted images';
    for await (const { item, image, redraws } of shiftedImages(items, step, control)) {
      const pass = passes[item.pass]!;
      const embeddings = await embedder.embed(image);
      const scores: number[] = [];
      for (const model of pass.models) {
        const { scorer, output } = readers.byModel.get(model)!;
        scores.push((await scorer.score(embeddings[output]!)).score);
      }
      pass.redraws += redraws;
      pass.images.push({ id: item.sample.id, scores });
    }
    const document: ShiftedScores = { passes };
    await writeJson(join(folder, SHIFTED_SCORES), document);
  },
};

/** One pass through the backbone for all methods. */
export function jointNetwork(
  parts: readonly MethodPart[],
  context: Pick<JobContext, 'local'>,
): Promise<JointNetwork> {
  const wanted = parts.map(({ method, network, seed }) => ({ method, network, seeds: [seed] }));
  return buildJointNetwork(wanted, backboneOf(context));
}

async function itemsOf({ options, ...context }: JobContext<RobustnessScoresOptions>) {
  const items = options.passes.map(async ({ shift, images }, pass) => {
    const clean = { category: options.category, images, condition: null };
    const samples = await conditionSamples({ ...context, options: clean });
    return samples.map((sample) => ({ sample, shift, pass }));
  });
  return (await Promise.all(items)).flat();
}

interface Reader {
  readonly scorer: Scorer;
  /** Name of the embedding it reads. */
  readonly output: string;
}

async function openReaders(
  { options: { parts, models }, inputs }: JobContext<RobustnessScoresOptions>,
  network: JointNetwork,
): Promise<{ readonly byModel: ReadonlyMap<string, Reader> } & AsyncDisposable> {
  const byModel = new Map<string, Reader>();
  const close = async () => {
    for (const { scorer } of byModel.values()) await scorer[Symbol.asyncDispose]();
  };
  try {
    for (const { name, method, job, folder } of models) {
      const { seed } = parts.find((part) => part.method === method)!;
      const { dimension, output } = network.embeddingOf(method, seed);
      const scorer = await openScorer(join(inputs[job]!, folder), seed, { dimension });
      byModel.set(name, { scorer, output });
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { byModel, [Symbol.asyncDispose]: close };
}

export async function readShiftedScores(folder: string): Promise<readonly ScoredPass[]> {
  const { passes } = await readJson<ShiftedScores>(join(folder, SHIFTED_SCORES));
  return passes;
}

/** The scores of these images, in this order, that one model gave in one pass. */
export function scoresIn(
  { models, images: scored }: ScoredPass,
  model: string,
  images: readonly Pick<ImageRef, 'id'>[],
): number[] {
  const place = models.indexOf(model);
  const byId = new Map(scored.map(({ id, scores }) => [id, scores]));
  return images.map(({ id }) => byId.get(id)![place]!);
}
