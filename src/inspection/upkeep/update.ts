/**
 * `update`: new normal images join a model without a fit. PatchCore's selection goes on from the
 * bank's own covering radius; PaDiM's Gaussians take them in. Images that have not joined calibrate
 * the result.
 */
import { dirname } from 'node:path';
import { inputError } from '../../core/error.ts';
import type { RunControl } from '../../core/progress.ts';
import { createRandom } from '../../core/random.ts';
import { requireWritable } from '../../core/requireWritable.ts';
import { openEmbeddingSpill } from '../../detector/embeddingSpill.ts';
import { imagesOf } from '../../detector/embeddingViews.ts';
import { withHead } from '../../detector/inspector/inspectorParts.ts';
import { encodeInParts } from '../../tensor/onnx/encodeInParts.ts';
import { withinBudget } from '../learn/thumbnails.ts';
import { createStopwatch } from '../stopwatch.ts';
import { type BatchImage, readBatch } from './batch.ts';
import { setAsideOf } from './calibrateBatch.ts';
import { learnMore } from './learnMore.ts';
import { openComparisonSpace } from './learntState.ts';
import { openUpkeep, usualFpr } from './openUpkeep.ts';
import { type Renewed, renew } from './renew.ts';
import { outlyingness, strangeness, suspicion } from './setAside.ts';
import { splitBatch } from './splitBatch.ts';
import type { UpkeepReport } from './upkeepReport.ts';

export interface UpkeepOptions {
  readonly model: string;
  /** Files and folders of good images. */
  readonly paths: readonly string[];
  /**
   * The false positive rate to promise, and to refuse where there are too few images for it.
   * Undefined: the one the file aims at, or the least that the images allow.
   */
  readonly fpr: number | undefined;
}

/** @throws FlawmapError for anything wrong with model, images or disk; then nothing has changed */
export async function update(
  { model: path, paths, fpr }: UpkeepOptions,
  control: RunControl = {},
): Promise<UpkeepReport> {
  const stopwatch = createStopwatch();
  await using upkeep = await openUpkeep(path, paths);
  const { model, listed, metadata, stored, parts, embedder, learnt, thumbnails } = upkeep;
  if (metadata.halfPrecision !== undefined) throw isCopy(path);
  await requireWritable(dirname(model));
  const { seed } = metadata;
  const { dimension, grid } = metadata.embedding;
  await using space = await openComparisonSpace(learnt);
  await using spill = await openEmbeddingSpill(dirname(model), dimension);
  stopwatch.lap('read');

  const reading = {
    embedder,
    metadata,
    space,
    thumbnails: thumbnails.length > 0,
    keep: (embedding: Float32Array) => spill.append(embedding),
  };
  const batch = await readBatch(listed, reading, control);
  await embedder[Symbol.asyncDispose]();
  const aimedFpr = fpr ?? usualFpr(metadata);
  const { joining, calibrating } = splitBatch(batch.images, aimedFpr, fpr !== undefined, seed);
  stopwatch.lap('embed');

  const lending = createRandom(seed).fork('update').fork('lending');
  const points = [...joining, ...calibrating].map((image) => image.points);
  const strange = await strangeness(points, space.dimension, joining.length, lending, control);
  const toModel = await space.squaredDistances(points.slice(0, joining.length));
  const farthest = outlyingness(toModel.map((squares) => Math.sqrt(Math.max(...squares))));
  const reasons = joining.map((_, i) => suspicion(farthest[i]!, strange[i]!));
  const isSound = (_: unknown, i: number) => reasons[i] === null;
  const joined = joining.filter(isSound);
  stopwatch.lap('compare');

  const patches = grid[0] * grid[1];
  const places = joined.map(({ place }) => place);
  const images = {
    source: imagesOf(spill, patches, places),
    points: joined.map((image) => image.points),
    distances: toModel.filter(isSound),
    patches,
  };
  const more = await learnMore(learnt, metadata, images, control);
  const inspector = withHead(parts, more.head, metadata);
  const graph = encodeInParts(await stored.withWeights(inspector.model));
  stopwatch.lap('learn');

  const identity = ({ id, sha256 }: BatchImage) => ({ id, sha256 });
  const pictures = thumbnails.length === 0 ? [] : joined.map(({ thumbnail }) => thumbnail);
  const renewed: Renewed = {
    action: 'update',
    graph,
    changed: {
      detector: more.metadata,
      steps: inspector.steps,
      training: [...metadata.training, ...joined.map(identity)],
    },
    thumbnails: withinBudget([...thumbnails, ...pictures]),
    joined,
    setAside: setAsideOf(joining, reasons),
    calibrating,
    strange: strange.slice(joining.length),
    embeddings: spill,
    aim: { fpr, usualFpr: aimedFpr },
  };
  return await renew(upkeep, batch, renewed, stopwatch, control);
}

/** Rounding what was rounded, update after update, would add up. */
function isCopy(path: string) {
  return inputError({
    what: `${path} cannot be updated`,
    expected: 'a model in full precision',
    found: 'a copy made by `flawmap export --half`',
    remedy: 'update the model it was made from, then export that again',
  });
}
