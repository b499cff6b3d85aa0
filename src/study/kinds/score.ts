/** `score`: what models of all seeds make of a condition's images. */
import { join } from 'node:path';
import { freeMemory } from '../../core/freeMemory.ts';
import type { JobContext, Kind } from '../../pipeline/kind.ts';
import { type NumberWriter, openNumberWriter, writeJson } from '../artifacts/binaryFile.ts';
import { openScorer, type Scorer } from '../artifacts/scorer.ts';
import { distancesFile, nearestFile, SCORES, type ScoresDocument } from '../artifacts/scores.ts';
import { openFeatures } from '../features/openFeatures.ts';
import type { ScoreOptions } from './jobOptions.ts';

export const scoreKind: Kind = {
  name: 'score',
  version: 1,
  async run(context: JobContext<ScoreOptions>) {
    const { options, inputs, folder, control } = context;
    const { seeds, models } = options;
    await using features = await openFeatures(context, options);
    const readers: Reader[] = [];
    await using _open = { [Symbol.asyncDispose]: () => closeAll(readers) };
    for (const [place, seed] of seeds.entries()) {
      const model = inputs[models[place] ?? models[0]!]!;
      const embedding = features.embeddingFor(seed);
      readers.push(await openReader(seed, model, embedding, options.nearest, folder));
    }
    const scored: { id: string; scores: number[] }[] = [];
    for await (const image of features.images(options.images, 'scoring images', control)) {
      const scores: number[] = [];
      for (const reader of readers) {
        const found = await reader.scorer.score(image.embeddings[reader.output]!);
        await reader.distances.append(found.distances);
        if (found.nearest) await reader.nearest?.append(found.nearest);
        scores.push(found.score);
      }
      for (const embedding of Object.values(image.embeddings)) freeMemory(embedding);
      scored.push({ id: image.sample.id, scores });
    }
    const { grid } = features.embeddingFor(seeds[0]!);
    const document: ScoresDocument = { grid, seeds, images: scored };
    await writeJson(join(folder, SCORES), document);
  },
};

interface Reader {
  /** Name of the embedding it reads. */
  readonly output: string;
  readonly scorer: Scorer;
  readonly distances: NumberWriter;
  readonly nearest: NumberWriter | undefined;
}

async function openReader(
  seed: number,
  model: string,
  { dimension, output }: { readonly dimension: number; readonly output: string },
  nearest: boolean,
  folder: string,
): Promise<Reader> {
  return {
    output,
    scorer: await openScorer(model, seed, { dimension, nearest }),
    distances: await openNumberWriter(join(folder, distancesFile(seed))),
    nearest: nearest ? await openNumberWriter(join(folder, nearestFile(seed))) : undefined,
  };
}

async function closeAll(readers: readonly Reader[]): Promise<void> {
  for (const { scorer, distances, nearest } of readers) {
    await scorer[Symbol.asyncDispose]();
    await distances[Symbol.asyncDispose]();
    await nearest?.[Symbol.asyncDispose]();
  }
}
