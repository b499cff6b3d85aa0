/** Checks a data set before anything is fitted on it (`flawmap dataset verify`). */
import { join, resolve } from 'node:path';
import type { RunControl } from '../core/progress.ts';
import { type CheckedSample, checkSample } from './checkSample.ts';
import {
  type CategoryCounts,
  compareCounts,
  countCategory,
  type PublishedComparison,
} from './compareCounts.ts';
import type { Category, Sample } from './dataset.ts';
import { findDuplicates } from './findDuplicates.ts';
import { GOOD, GROUND_TRUTH } from './labelledFolders.ts';
import { type CategoryPlace, listCategories } from './locateCategory.ts';
import { scanCategory } from './openCategory.ts';
import type { Problem } from './problem.ts';

/** Plain data, fit for JSON. */
export interface DatasetReport {
  readonly root: string;
  /** Whether there is no problem of severity `error`. */
  readonly ok: boolean;
  readonly categories: readonly CategoryReport[];
  readonly problems: readonly Problem[];
}

export interface CategoryReport {
  readonly name: string;
  readonly root: string;
  readonly layout: CategoryPlace['layout'];
  readonly counts: CategoryCounts;
  /** How the counts compare with MVTec AD's. */
  readonly published: PublishedComparison;
  /** Files that are no images, or lie outside of the layout. */
  readonly skipped: number;
}

/** Images decoded at a time: sharp has threads of its own. */
const AT_ONCE = 4;

/**
 * Reads every image and mask of every category: layout, counts against the published ones, missing,
 * misplaced, empty and wrong-sized masks, unreadable files, and the same picture twice.
 * @throws FlawmapError when the folder cannot be read or holds no images
 */
export async function verifyDataset(
  folder: string,
  control: RunControl = {},
): Promise<DatasetReport> {
  const categories: CategoryReport[] = [];
  const problems: Problem[] = [];
  const samples: Sample[] = [];
  for (const place of await listCategories(folder)) {
    const { category, problems: inLayout } = await scanCategory(place);
    const counts = countCategory(category);
    const comparison = compareCounts(category, counts);
    problems.push(...inLayout, ...comparison.problems);
    if (place.layout === 'mvtec')
      problems.push(...missingTests(category), ...missingMasks(category));
    samples.push(...category.train, ...category.test);
    categories.push({
      ...place,
      counts,
      published: comparison.published,
      skipped: category.skipped.length,
    });
  }
  const checked = await checkSamples(samples, control);
  problems.push(...checked.flatMap((sample) => sample.problems), ...findDuplicates(checked));
  const ok = !problems.some(({ severity }) => severity === 'error');
  return { root: resolve(folder), ok, categories, problems };
}

async function checkSamples(
  samples: readonly Sample[],
  { onProgress, signal }: RunControl,
): Promise<CheckedSample[]> {
  const checked: CheckedSample[] = [];
  for (let start = 0; start < samples.length; start += AT_ONCE) {
    signal?.throwIfAborted();
    const batch = samples.slice(start, start + AT_ONCE);
    checked.push(...(await Promise.all(batch.map(checkSample))));
    onProgress?.({ step: 'checking images', done: checked.length, total: samples.length });
  }
  return checked;
}

function missingTests({ name, root, test }: Category): Problem[] {
  if (test.length === 0) {
    return [
      {
        kind: 'no-test-images',
        severity: 'warning',
        path: join(root, 'test'),
        message: `${name} has no test images: it can be fitted on, but nothing can be measured`,
        remedy: `add test/${GOOD} and a folder in test for each type of defect`,
      },
    ];
  }
  if (test.some(({ label }) => label === 'normal')) return [];
  return [
    {
      kind: 'no-good-test-images',
      severity: 'warning',
      path: join(root, 'test', GOOD),
      message: `${name} has no good test images: false alarms cannot be measured`,
      remedy: `add images of good products to test/${GOOD} that are not in train/${GOOD}`,
    },
  ];
}

/** One problem for each type of defect, or one for the category where there are no masks at all. */
function missingMasks({ name, root, test }: Category): Problem[] {
  const defective = test.filter(({ label }) => label === 'anomalous');
  const without = defective.filter(({ maskPath }) => maskPath === undefined);
  const masks = join(root, GROUND_TRUTH);
  if (defective.length > 0 && without.length === defective.length) {
    return [
      {
        kind: 'no-masks',
        severity: 'warning',
        path: masks,
        message: `${name} has no masks: it has no pixel metrics`,
        remedy: `draw masks into ${masks}, if these metrics are wanted`,
      },
    ];
  }
  return [...new Set(without.map(({ defectType }) => defectType))].map((type) => {
    const count = defective.filter(({ defectType }) => defectType === type).length;
    const others = without.filter(({ defectType }) => defectType === type).map(({ path }) => path);
    return {
      kind: 'missing-mask',
      severity: 'warning',
      path: join(masks, type),
      message: `${others.length} of ${count} images of ${name}, ${type}, have no mask: pixel metrics leave them out`,
      remedy: `draw their masks into ${join(masks, type)}, if they are to count`,
      others,
    };
  });
}
