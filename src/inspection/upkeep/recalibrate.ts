/** `recalibrate`: the threshold moves, from good images alone; what the model has learnt stays. */
import { dirname } from 'node:path';
import { imagesNeeded } from '../../calibration/conformalRank.ts';
import { percent } from '../../calibration/percent.ts';
import { inputError } from '../../core/error.ts';
import type { RunControl } from '../../core/progress.ts';
import { createRandom } from '../../core/random.ts';
import { requireWritable } from '../../core/requireWritable.ts';
import { openEmbeddingSpill } from '../../detector/embeddingSpill.ts';
import { encodeInParts } from '../../tensor/onnx/encodeInParts.ts';
import { checkFalsePositiveRate } from '../learn/checkFit.ts';
import { createStopwatch } from '../stopwatch.ts';
import { readBatch } from './batch.ts';
import { openComparisonSpace } from './learntState.ts';
import { openUpkeep, usualFpr } from './openUpkeep.ts';
import { type Renewed, renew } from './renew.ts';
import { strangeness } from './setAside.ts';
import { LEAST_IMAGES } from './splitBatch.ts';
import type { UpkeepOptions } from './update.ts';
import type { UpkeepReport } from './upkeepReport.ts';

/** @throws FlawmapError for anything wrong with model, images or disk; then nothing has changed */
export async function recalibrate(
  { model: path, paths, fpr }: UpkeepOptions,
  control: RunControl = {},
): Promise<UpkeepReport> {
  const stopwatch = createStopwatch();
  await using upkeep = await openUpkeep(path, paths);
  const { model, listed, metadata, stored, embedder, learnt, thumbnails } = upkeep;
  await requireWritable(dirname(model));
  await using space = await openComparisonSpace(learnt);
  await using spill = await openEmbeddingSpill(dirname(model), metadata.embedding.dimension);
  stopwatch.lap('read');

  const keep = (embedding: Float32Array) => spill.append(embedding);
  const reading = { embedder, metadata, space, thumbnails: false, keep };
  const batch = await readBatch(listed, reading, control);
  await embedder[Symbol.asyncDispose]();
  const aimedFpr = fpr ?? usualFpr(metadata);
  if (batch.images.length < LEAST_IMAGES) throw tooFew(batch.images.length, aimedFpr);
  checkFalsePositiveRate(fpr, batch.images);
  stopwatch.lap('embed');

  const points = batch.images.map((image) => image.points);
  const random = createRandom(metadata.seed).fork('recalibrate');
  const strange = await strangeness(points, space.dimension, points.length, random, control);
  const graph = await stored.withWeights({ ...stored.model, metadataProps: [] });
  stopwatch.lap('compare');

  const renewed: Renewed = {
    action: 'recalibrate',
    graph: encodeInParts(graph),
    changed: { steps: metadata.steps },
    thumbnails,
    joined: [],
    setAside: [],
    calibrating: batch.images,
    strange,
    embeddings: spill,
    aim: { fpr, usualFpr: aimedFpr },
  };
  return await renew(upkeep, batch, renewed, stopwatch, control);
}

function tooFew(found: number, fpr: number) {
  return inputError({
    what: 'there are too few new images to calibrate the model with',
    expected: `at least ${LEAST_IMAGES}; ${imagesNeeded(fpr)} promise ${percent(fpr)}`,
    found: String(found),
    remedy: 'take more good photographs; those the model has learnt from do not count',
  });
}
