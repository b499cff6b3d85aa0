/**
 * One category in the layout of MVTec AD (Bergmann et al., CVPR 2019):
 *
 *     train/good/*.png                   normal images to fit on
 *     test/good/*.png                    normal images to test on
 *     test/DEFECT/NNN.png                images with that defect
 *     ground_truth/DEFECT/NNN_mask.png   where the defect is
 *
 * `test` and `ground_truth` may be absent, wholly or in part.
 */
import { join } from 'node:path';
import type { Category } from './dataset.ts';
import { type ImageFolder, readImageFolder, strayImages } from './imageFolder.ts';
import {
  GOOD,
  GROUND_TRUTH,
  mergeScans,
  type Scan,
  scanLabelledFolders,
  unexpectedFolder,
} from './labelledFolders.ts';
import type { Problem } from './problem.ts';

export interface ScannedCategory {
  readonly category: Category;
  readonly problems: readonly Problem[];
}

/** Whether a folder with these subfolders is a category of its own. */
export const isMvtecCategory = (folders: readonly string[]): boolean =>
  folders.includes('train') || folders.includes('test');

/**
 * Reads the category's folders; opens no image. What is wrong is returned as problems.
 * @param root absolute path
 * @throws FlawmapError when a folder cannot be read
 */
export async function scanMvtecCategory(root: string, name: string): Promise<ScannedCategory> {
  const top = await readImageFolder(root, 'category folder');
  const train = await scanTrain(root, name, top);
  const test = await scanTest(root, name, top);
  const everything = mergeScans([
    { samples: [], skipped: [...top.skipped, ...strayImages(top)], problems: top.problems },
    train,
    test,
  ]);
  return {
    category: { name, root, train: train.samples, test: test.samples, skipped: everything.skipped },
    problems: everything.problems,
  };
}

async function scanTrain(root: string, category: string, top: ImageFolder): Promise<Scan> {
  const path = join(root, 'train');
  const goodPath = join(path, GOOD);
  if (!top.folders.includes('train')) return nothingToTrain(goodPath, 'no such folder');
  const scan = await scanLabelledFolders({ path, idPrefix: 'train/', category, phase: 'train' });
  const samples = scan.samples.filter(({ label }) => label === 'normal');
  const others = new Set(scan.samples.map(({ defectType }) => defectType));
  others.delete(GOOD);
  const misplaced = [...others].map((folder) => unexpectedFolder(join(path, folder)));
  const missing = samples.length > 0 ? [] : nothingToTrain(goodPath, 'no image in it').problems;
  return { samples, skipped: scan.skipped, problems: [...missing, ...scan.problems, ...misplaced] };
}

function nothingToTrain(path: string, found: string): Scan {
  const problem: Problem = {
    kind: 'no-training-images',
    severity: 'error',
    path,
    message: `there is nothing to learn from: ${path}: ${found}`,
    remedy: `put images of good products into ${path}`,
  };
  return { samples: [], skipped: [], problems: [problem] };
}

async function scanTest(root: string, category: string, top: ImageFolder): Promise<Scan> {
  if (!top.folders.includes('test')) return mergeScans([]);
  return scanLabelledFolders({
    path: join(root, 'test'),
    idPrefix: 'test/',
    maskPath: top.folders.includes(GROUND_TRUTH) ? join(root, GROUND_TRUTH) : undefined,
    category,
    phase: 'test',
  });
}
