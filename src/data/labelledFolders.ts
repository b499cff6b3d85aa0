/**
 * A folder of labelled images: `good` holds the normal ones, every other subfolder is a defect
 * type. Masks, where there are any, lie in a folder of the same subfolders.
 */
import { basename, join } from 'node:path';
import type { Phase, Sample, SkippedFile } from './dataset.ts';
import { type ImageFolder, readImageFolder, strayImages } from './imageFolder.ts';
import { type MaskMatch, maskForGoodImage, matchMasks } from './masks.ts';
import type { Problem } from './problem.ts';

/** The subfolder of normal images. */
export const GOOD = 'good';

/** The folder of masks, beside `train` and `test`. */
export const GROUND_TRUTH = 'ground_truth';

export interface LabelledPlace {
  /** Absolute path of the folder whose subfolders are the labels. */
  readonly path: string;
  /** What ids start with: `test/`, or nothing. */
  readonly idPrefix: string;
  /** Absolute path of the folder of masks, if it exists. */
  readonly maskPath?: string | undefined;
  readonly category: string;
  readonly phase: Phase;
}

export interface Scan {
  readonly samples: readonly Sample[];
  readonly skipped: readonly SkippedFile[];
  readonly problems: readonly Problem[];
}

/**
 * Reads the folders; opens no image. What is wrong is returned as problems.
 * @throws FlawmapError when a folder cannot be read
 */
export async function scanLabelledFolders(place: LabelledPlace): Promise<Scan> {
  const top = await readImageFolder(place.path, 'folder of labelled images');
  const scans: Scan[] = [
    { samples: [], skipped: [...top.skipped, ...strayImages(top)], problems: top.problems },
  ];
  const maskFolders = await readMaskFolders(place.maskPath, scans);
  for (const defectType of top.folders) {
    const path = join(place.path, defectType);
    if (path === place.maskPath) continue;
    const images = await readImageFolder(path, 'folder of labelled images');
    scans.push(labelFolder(place, defectType, images, maskFolders.get(defectType)));
    scans.push(nestedFolders(path, images));
    maskFolders.delete(defectType);
  }
  for (const [defectType, masks] of maskFolders) {
    const { problems } = matchFolder(defectType, undefined, masks);
    scans.push({ samples: [], skipped: [], problems });
  }
  return mergeScans(scans);
}

async function readMaskFolders(
  path: string | undefined,
  scans: Scan[],
): Promise<Map<string, ImageFolder>> {
  const folders = new Map<string, ImageFolder>();
  if (path === undefined) return folders;
  const top = await readImageFolder(path, 'folder of masks');
  scans.push({
    samples: [],
    skipped: [...top.skipped, ...strayImages(top)],
    problems: top.problems,
  });
  for (const defectType of top.folders) {
    const masks = await readImageFolder(join(path, defectType), 'folder of masks');
    scans.push({ samples: [], skipped: masks.skipped, problems: [] });
    folders.set(defectType, masks);
  }
  return folders;
}

function labelFolder(
  { category, phase, idPrefix }: LabelledPlace,
  defectType: string,
  folder: ImageFolder,
  masks: ImageFolder | undefined,
): Scan {
  const match = matchFolder(defectType, folder, masks);
  const samples = folder.images.map((image): Sample => {
    const maskPath = match.byStem.get(image.stem);
    return {
      id: `${idPrefix}${defectType}/${image.name}`,
      path: image.path,
      category,
      phase,
      label: defectType === GOOD ? 'normal' : 'anomalous',
      defectType,
      ...(maskPath !== undefined && { maskPath }),
    };
  });
  const problems = [...folder.problems, ...match.problems];
  return { samples, skipped: folder.skipped, problems };
}

function matchFolder(
  defectType: string,
  folder: ImageFolder | undefined,
  masks: ImageFolder | undefined,
): MaskMatch {
  if (masks === undefined) return { byStem: new Map(), problems: [] };
  if (defectType !== GOOD) return matchMasks(folder?.images ?? [], masks);
  const problems = [...masks.problems, ...masks.images.map(maskForGoodImage)];
  return { byStem: new Map(), problems };
}

/** Folders deeper than the layout goes are left alone, and that is said. */
export function nestedFolders(path: string, { folders }: ImageFolder): Scan {
  return {
    samples: [],
    skipped: [],
    problems: folders.map((folder) => unexpectedFolder(join(path, folder))),
  };
}

export function unexpectedFolder(path: string): Problem {
  return {
    kind: 'unexpected-folder',
    severity: 'warning',
    path,
    message: `${path} is not part of the layout and is left alone`,
    remedy: `move its images out of ${basename(path)}, or remove it`,
  };
}

export function mergeScans(scans: readonly Scan[]): Scan {
  return {
    samples: scans.flatMap(({ samples }) => samples),
    skipped: scans.flatMap(({ skipped }) => skipped),
    problems: scans.flatMap(({ problems }) => problems),
  };
}
