/** `audit`: is the training folder clean? */
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { openBackbone } from '../../backbone/openBackbone.ts';
import { inputError } from '../../core/error.ts';
import { sha256 } from '../../core/hash.ts';
import type { RunControl } from '../../core/progress.ts';
import { createRandom } from '../../core/random.ts';
import type { Sample } from '../../data/dataset.ts';
import { openCategory } from '../../data/openCategory.ts';
import { createColumnStatistics, standardisationOf } from '../../detector/columnStatistics.ts';
import { openEmbeddingSpill } from '../../detector/embeddingSpill.ts';
import { buildEmbedder } from '../../detector/inspector/buildInspector.ts';
import { projectAll } from '../../detector/patchcore/projection.ts';
import { type Exposure, exposure } from '../../image/exposure.ts';
import type { FloatMap } from '../../image/image.ts';
import { sharpness } from '../../image/sharpness.ts';
import { embedSamples } from '../learn/embedSamples.ts';
import type { AuditReport } from './auditReport.ts';
import { findDuplicateImages } from './duplicates.ts';
import { AUDIT_RULES, judgeImages } from './judgeImages.ts';
import { imageScores, leaveOneOut } from './leaveOneOut.ts';
import { writeAudit } from './writeAudit.ts';

export interface AuditOptions {
  readonly data: string;
  readonly category: string | undefined;
  readonly backbone: string;
  readonly seed: number;
  /** Folder for contact sheet, exclude list and report; undefined for none. */
  readonly out?: string | undefined;
}

const LEAST_IMAGES = 3;
const RESIZE = 224;

/** @throws FlawmapError for a folder, backbone or image that cannot be used, naming it */
export async function audit(options: AuditOptions, control: RunControl = {}): Promise<AuditReport> {
  const category = await openCategory(options.data, options.category);
  const { train } = category;
  if (train.length < LEAST_IMAGES) throw tooFew(category.root, train.length);
  const backbone = await openBackbone(options.backbone);
  const embedder = await buildEmbedder({
    backbone,
    layers: backbone.defaultLayers,
    embedding: 'concat',
    preprocessing: { resize: RESIZE, crop: RESIZE },
  });

  const scratch = options.out === undefined ? tmpdir() : resolve(options.out);
  await using spill = await openEmbeddingSpill(scratch, embedder.dimension);
  const statistics = createColumnStatistics(embedder.dimension);
  const looks: { hash: string; sharpness: number; exposure: Exposure }[] = [];
  for await (const { image, embedding } of embedSamples(
    embedder,
    train,
    'embedding images',
    control,
  )) {
    if (backbone.standardise) statistics.add(embedding);
    await spill.append(embedding);
    const size = `${image.width}x${image.height}`;
    looks.push({
      hash: size + sha256(image.data),
      sharpness: sharpness(image),
      exposure: exposure(image),
    });
  }

  const random = createRandom(options.seed).fork('audit');
  const standardisation = backbone.standardise ? standardisationOf(statistics.moments()) : null;
  const directions = random.fork('projection');
  const { points, dimension } = await projectAll(spill, standardisation, directions, control);
  const lending = random.fork('lending');
  const size = points.length / train.length;
  const ofImages = train.map((_, i) => points.subarray(i * size, (i + 1) * size));
  const strangeness = await leaveOneOut(ofImages, dimension, lending, control);
  const scores = imageScores(strangeness, train.length);
  const measured = looks.map((look, i) => ({ ...look, score: scores[i]! }));
  const judged = judgeImages(measured);
  const images = train.map(({ id, path }, i) => ({
    id,
    path,
    score: scores[i]!,
    z: judged[i]!.z,
    sharpness: measured[i]!.sharpness,
    brightness: measured[i]!.exposure.mean,
    reasons: judged[i]!.reasons,
  }));
  const ids = train.map(({ id }) => id);
  const hashes = looks.map(({ hash }) => hash);
  const report: AuditReport = {
    category: category.name,
    root: category.root,
    backbone: backbone.name,
    rules: AUDIT_RULES,
    images: images.sort((a, b) => b.score - a.score),
    duplicates: await findDuplicateImages(ids, hashes, points),
  };
  if (options.out === undefined) return report;
  const maps = mapsOf(train, strangeness, embedder.grid);
  return writeAudit(report, maps, resolve(options.out));
}

/** Strangeness of each image's patches as a map, by the image's id. */
function mapsOf(
  samples: readonly Sample[],
  strangeness: Float32Array,
  [height, width]: readonly [number, number],
): Map<string, FloatMap> {
  const size = height * width;
  return new Map(
    samples.map(({ id }, i) => [
      id,
      { width, height, data: strangeness.subarray(i * size, (i + 1) * size) },
    ]),
  );
}

function tooFew(root: string, found: number) {
  return inputError({
    what: `there are too few training images in ${root} to compare with each other`,
    expected: `at least ${LEAST_IMAGES}, better some tens`,
    found: String(found),
    remedy: 'add images of good products',
  });
}
