/** `compare`: may a new model take an old one's place? */
import { join, resolve } from 'node:path';
import { writeFileAtomic } from '../../core/atomicFile.ts';
import { sha256File } from '../../core/hash.ts';
import type { RunControl } from '../../core/progress.ts';
import { createRandom } from '../../core/random.ts';
import { openLabelled } from '../../data/openLabelled.ts';
import { type OpenInspector, openInspector } from '../../detector/inspector/inspector.ts';
import { encodePng } from '../../image/encodeImage.ts';
import { decodedSamples } from '../decodedSamples.ts';
import { openTestCategory } from '../evaluation/testCategory.ts';
import { uniqueStems } from '../uniqueStems.ts';
import type { Comparison, GoldenFailure } from './comparison.ts';
import {
  isAbove,
  isFlipped,
  judgeComparison,
  objectionsTo,
  type TwiceScored,
} from './judgeComparison.ts';
import { sideBySide } from './sideBySide.ts';

export interface CompareOptions {
  readonly old: string;
  readonly new: string;
  /** Labelled test images. */
  readonly data: string;
  readonly category: string | undefined;
  /** Folder of images that the new model must judge rightly: `good`, and one for each defect. */
  readonly golden: string | undefined;
  /** How much of AUROC and of balanced accuracy may be lost. */
  readonly tolerance: number;
  /** Where pictures of the images go that are judged differently; undefined for none. */
  readonly out: string | undefined;
}

/** @throws FlawmapError for a model, folder or image that cannot be used, naming it */
export async function compare(
  options: CompareOptions,
  control: RunControl = {},
): Promise<Comparison> {
  await using old = await openInspector(options.old);
  await using fresh = await openInspector(options.new);
  const thresholds = { old: thresholdOf(old), new: thresholdOf(fresh) };
  const { data, category: name, tolerance } = options;
  const category = await openTestCategory(data, name, fresh.metadata.category);
  const golden = options.golden === undefined ? undefined : await openLabelled(options.golden);

  const stems = uniqueStems(category.test.map(({ id }) => id));
  const images: TwiceScored[] = [];
  const decoded = decodedSamples(category.test, 'comparing on test images', control);
  for await (const { sample, image } of decoded) {
    const before = await old.inspect(image);
    const after = await fresh.inspect(image);
    const scores = { old: before.score, new: after.score };
    const { id, label } = sample;
    if (options.out === undefined || !isFlipped({ scores }, thresholds)) {
      images.push({ id, label, scores });
      continue;
    }
    const picture = join(resolve(options.out), `${stems.get(id)}.png`);
    const sides = { old: { ...before, of: old.metadata }, new: { ...after, of: fresh.metadata } };
    await writeFileAtomic(picture, await encodePng(sideBySide(image, sample, sides)));
    images.push({ id, label, scores, picture });
  }

  const failures: GoldenFailure[] = [];
  const samples = decodedSamples(golden?.samples ?? [], 'judging golden images', control);
  for await (const { sample, image } of samples) {
    const { score } = await fresh.inspect(image);
    const { id, label } = sample;
    if (isAbove(score, thresholds.new) !== (label === 'anomalous')) {
      failures.push({ id, label, score });
    }
  }
  const random = createRandom(fresh.metadata.seed).fork('compare');
  const judged = judgeComparison(images, thresholds, random);
  const describe = async (file: string, threshold: number) => ({
    file: resolve(file),
    sha256: await sha256File(file),
    threshold,
  });
  return {
    old: await describe(options.old, thresholds.old),
    new: await describe(options.new, thresholds.new),
    category: category.name,
    ...judged,
    golden: golden === undefined ? null : { images: golden.samples.length, failures },
    tolerance,
    objections: objectionsTo(judged.metrics, failures, tolerance),
  };
}

const thresholdOf = ({ metadata }: OpenInspector) => metadata.calibration.image.threshold;
