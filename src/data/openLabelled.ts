/** Opens labelled images to calibrate on (`fit --calibrate DIR`). */
import { basename, join, resolve } from 'node:path';
import { inputError } from '../core/error.ts';
import type { Sample, SkippedFile } from './dataset.ts';
import { readImageFolder } from './imageFolder.ts';
import { GOOD, GROUND_TRUTH, scanLabelledFolders } from './labelledFolders.ts';
import { firstError } from './problem.ts';

export interface LabelledImages {
  /** Absolute path of the folder given. */
  readonly root: string;
  /** By folder and name in code point order; phase `calibration`; ids relative to the root. */
  readonly samples: readonly Sample[];
  readonly skipped: readonly SkippedFile[];
}

/**
 * The folder's subfolder `good` holds normal images, every other subfolder those of one defect
 * type, and `ground_truth` masks. Of a category in the MVTec AD layout, its `test` folder is taken,
 * never `train`. There may be no anomalous images.
 * @throws FlawmapError when the folder cannot be read, or holds no good images
 */
export async function openLabelled(folder: string): Promise<LabelledImages> {
  const root = resolve(folder);
  const { folders } = await readImageFolder(root, 'folder of labelled images');
  const inside = folders.includes('test') ? 'test' : '';
  const path = join(root, inside);
  if (inside === '' && folders.includes('train')) throw onlyTraining(root);
  const { samples, skipped, problems } = await scanLabelledFolders({
    path,
    idPrefix: inside && `${inside}/`,
    maskPath: folders.includes(GROUND_TRUTH) ? join(root, GROUND_TRUTH) : undefined,
    category: basename(root),
    phase: 'calibration',
  });
  const error = firstError(problems);
  if (error) throw error;
  if (samples.length === 0) throw nothingLabelled(path);
  if (!samples.some(({ label }) => label === 'normal')) throw noGoodImages(path, samples);
  return { root, samples, skipped };
}

function onlyTraining(root: string) {
  return inputError({
    what: `${root} has training images only, and those are not calibrated on`,
    expected: 'a folder test beside train, or a folder with the labels as subfolders',
    remedy: 'sort other images, of good and of defective products, into such folders',
  });
}

function nothingLabelled(path: string) {
  return inputError({
    what: `there are no labelled images in ${path}`,
    expected: `images in ${join(path, GOOD)}, and in a folder for each type of defect`,
    found: 'none in such folders',
    remedy: 'sort images of good and of defective products into these folders',
  });
}

function noGoodImages(path: string, samples: readonly Sample[]) {
  const defectTypes = [...new Set(samples.map(({ defectType }) => defectType))];
  return inputError({
    what: `there are no good images in ${path}`,
    expected: `images of good products in ${join(path, GOOD)}`,
    found: `only ${defectTypes.join(', ')}`,
    remedy: 'add good images that are not trained on: a threshold needs both sides',
  });
}
