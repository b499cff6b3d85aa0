/** `recalibrate`: the threshold moves, from good images alone; what the model has learnt stays. */
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { imagesNeeded } from '../../calibration/conformalRank.ts';
import { percent } from '../../calibration/percent.ts';
import { inputError } from '../../core/error.ts';
import type { RunControl } from '../../core/progress.ts';
import { createRandom } from '../../core/random.ts';
import { requireWritable } from '../../core/requireWritable.ts';
import { flawmapVersion } from '../../core/version.ts';
import { openEmbeddingSpill } from '../../detector/embeddingSpill.ts';
import type { InspectorMetadata } from '../../detector/inspector/metadata.ts';
import { encodeInspector } from '../../detector/inspector/writeInspector.ts';
import { decodeModel } from '../../tensor/onnx/protoParts.ts';
import { createStopwatch } from '../stopwatch.ts';
import { readBatch } from './batch.ts';
import { calibrateBatch } from './calibrateBatch.ts';
import { openComparisonSpace } from './learntState.ts';
import { modelNumbers, openUpkeep, usualFpr } from './openUpkeep.ts';
import { strangeness } from './setAside.ts';
import { LEAST_IMAGES } from './splitBatch.ts';
import type { UpkeepOptions } from './update.ts';
import type { UpkeepReport } from './upkeepReport.ts';
import { addVersion } from './versions.ts';

/** @throws FlawmapError for anything wrong with model, images or disk; then nothing has changed */
export async function recalibrate(
  { model: path, paths, fpr }: UpkeepOptions,
  control: RunControl = {},
): Promise<UpkeepReport> {
  const stopwatch = createStopwatch();
  await using upkeep = await openUpkeep(path, paths);
  const { model, listed, metadata, parts, embedder, learnt, thumbnails, versions } = upkeep;
  await requireWritable(dirname(model));
  const { dimension, grid } = metadata.embedding;
  await using space = await openComparisonSpace(learnt);
  await using spill = await openEmbeddingSpill(dirname(model), dimension);
  stopwatch.lap('read');

  const keep = (embedding: Float32Array) => spill.append(embedding);
  const reading = { embedder, metadata, space, thumbnails: false, keep };
  const batch = await readBatch(listed, reading, control);
  await embedder[Symbol.asyncDispose]();
  const aimedFpr = fpr ?? usualFpr(metadata);
  if (batch.images.length < LEAST_IMAGES) throw tooFew(batch.images.length, aimedFpr);
  stopwatch.lap('embed');

  const points = batch.images.map((image) => image.points);
  const random = createRandom(metadata.seed).fork('recalibrate');
  const strange = await strangeness(points, space.dimension, points.length, random, control);
  const { calibration, images, setAside } = await calibrateBatch(
    parts,
    batch.images,
    strange,
    spill,
    grid[0] * grid[1],
    { fpr, usualFpr: aimedFpr },
    control,
  );
  stopwatch.lap('calibrate');

  const updated: InspectorMetadata = {
    ...metadata,
    createdBy: `flawmap ${flawmapVersion()}`,
    parent: { sha256: versions.at(-1)!.sha256, action: 'recalibrate' },
    calibration: {
      ...calibration,
      images: [...images],
      ...(setAside.length > 0 && { setAside: [...setAside] }),
    },
  };
  const graph = { ...decodeModel(await readFile(model), model), metadataProps: [] };
  const content = encodeInspector(graph, updated, thumbnails);
  control.signal?.throwIfAborted();
  const before = modelNumbers(metadata);
  const after = modelNumbers(updated);
  const used = images.map(({ id, sha256 }) => ({ id, sha256 }));
  const version = await addVersion(model, versions, content, {
    action: 'recalibrate',
    images: { joined: [], calibrated: used, setAside: [...setAside] },
    before,
    after,
  });
  stopwatch.lap('write');
  return {
    file: model,
    version,
    previous: versions.at(-1)!.number,
    images: { joined: 0, calibrated: used.length, setAside, leftOut: batch.leftOut },
    skipped: batch.skipped,
    before,
    after,
    rule: calibration.image.rule,
    previousRule: metadata.calibration.image.rule,
    statement: calibration.statement,
    seconds: stopwatch.seconds(),
  };
}

function tooFew(found: number, fpr: number) {
  return inputError({
    what: 'there are too few new images to calibrate the model with',
    expected: `at least ${LEAST_IMAGES}; ${imagesNeeded(fpr)} promise ${percent(fpr)}`,
    found: String(found),
    remedy: 'take more good photographs; those the model has learnt from do not count',
  });
}
