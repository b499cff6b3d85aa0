/**
 * `robustness-fit`: models of all methods, fitted on images under a condition that is made in
 * memory. The backbone runs once an image; PatchCore's embeddings are gone when its bank is chosen.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { freeMemory } from '../../../core/freeMemory.ts';
import { createRandom } from '../../../core/random.ts';
import { buildScorer } from '../../../detector/inspector/buildScorer.ts';
import type { Learner } from '../../../inspection/learn/learner.ts';
import { padimLearner } from '../../../inspection/learn/padimLearner.ts';
import { patchcoreLearner } from '../../../inspection/learn/patchcoreLearner.ts';
import type { JobContext, Kind } from '../../../pipeline/kind.ts';
import { writeScorer } from '../../artifacts/scorer.ts';
import { openEmbedder } from '../../embeddedImages.ts';
import type { JointNetwork } from '../../network.ts';
import { shiftedImages } from '../../shiftedImages.ts';
import { conditionSamples } from '../condition.ts';
import type { MethodPart, RobustnessFitOptions } from './robustnessOptions.ts';
import { jointNetwork } from './robustnessScores.ts';

/** Leaves a folder for each method, with the scorer of its one seed. */
export const robustnessFitKind: Kind = {
  name: 'robustness-fit',
  version: 1,
  async run(context: JobContext<RobustnessFitOptions>) {
    const { options, folder, control } = context;
    const { parts, size } = options;
    const network = await jointNetwork(options.parts, context);
    const learners: Learner[] = [];
    await using _open = { [Symbol.asyncDispose]: () => closeAll(learners) };
    for (const part of parts) learners.push(await openLearner(part, network, context));
    await learn(context, network, learners);
    for (const [place, { method, seed }] of parts.entries()) {
      control.signal?.throwIfAborted();
      const { head } = await learners[place]!.finish(control);
      const own = join(folder, method);
      await mkdir(own);
      const scorer = buildScorer(network.embeddingOf(method, seed), head, [size, size]);
      await writeScorer(own, seed, scorer);
    }
  },
};

async function openLearner(
  { method, seed }: MethodPart,
  network: JointNetwork,
  { options: { images, coreset, score }, folder }: JobContext<RobustnessFitOptions>,
): Promise<Learner> {
  const { backbone } = network;
  const embedding = network.embeddingOf(method, seed);
  if (method === 'padim') return padimLearner(embedding, backbone);
  const random = createRandom(seed);
  return patchcoreLearner(embedding, backbone, images.length, { coreset, score }, random, folder);
}

async function learn(
  context: JobContext<RobustnessFitOptions>,
  network: JointNetwork,
  learners: readonly Learner[],
): Promise<void> {
  const { parts, shift } = context.options;
  const samples = await conditionSamples(context);
  const items = samples.map((sample) => ({ sample, shift }));
  await using embedder = await openEmbedder(network);
  const step = 'learning shifted images';
  for await (const { image } of shiftedImages(items, step, context.control)) {
    const embeddings = await embedder.embed(image);
    for (const [place, { method, seed }] of parts.entries()) {
      // Learners use theirs up, and several may see the same.
      const { output } = network.embeddingOf(method, seed);
      await learners[place]!.learn(embeddings[output]!.slice());
    }
    for (const embedding of Object.values(embeddings)) freeMemory(embedding);
  }
}

async function closeAll(learners: readonly Learner[]): Promise<void> {
  for (const learner of learners) await learner[Symbol.asyncDispose]();
}
