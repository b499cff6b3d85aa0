/** A fitted model's scorer, kept as an ONNX file for each seed. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asFloat32, float32 } from '../../tensor/elementType.ts';
import type { ModelProto } from '../../tensor/onnx/proto/onnx_pb.ts';
import { encodeModel } from '../../tensor/onnx/protoParts.ts';
import { openSession } from '../../tensor/session/session.ts';

const scorerFile = (seed: number): string => `scorer-${seed}.onnx`;

export async function writeScorer(folder: string, seed: number, model: ModelProto): Promise<void> {
  await writeFile(join(folder, scorerFile(seed)), encodeModel(model));
}

export interface ScoredEmbedding {
  /** float32 [patches] */
  readonly distances: Float32Array;
  /** Bank rows, where asked for and there are any. */
  readonly nearest: Int32Array | undefined;
  readonly score: number;
}

export interface Scorer extends AsyncDisposable {
  /** @param embedding of one image, float32 [patches * dimension] */
  score(embedding: Float32Array): Promise<ScoredEmbedding>;
}

export async function openScorer(
  folder: string,
  seed: number,
  { dimension, nearest = false }: { readonly dimension: number; readonly nearest?: boolean },
): Promise<Scorer> {
  const session = await openSession(join(folder, scorerFile(seed)), { name: 'scorer' });
  const wanted = ['distance', 'pred_score', ...(nearest ? ['nearest'] : [])];
  return {
    async score(embedding) {
      const input = float32(embedding, [embedding.length / dimension, dimension]);
      const outputs = await session.run({ embedding: input }, wanted);
      const rows = outputs.nearest?.data as BigInt64Array | undefined;
      return {
        distances: asFloat32(outputs.distance!),
        nearest: rows && Int32Array.from(rows, Number),
        score: asFloat32(outputs.pred_score!)[0]!,
      };
    },
    [Symbol.asyncDispose]: () => session.close(),
  };
}
