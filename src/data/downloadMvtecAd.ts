/** Downloads MVTec AD (`flawmap dataset download mvtec-ad`). */
import { join, resolve } from 'node:path';
import { writeFailure } from '../core/atomicFile.ts';
import { usageError } from '../core/error.ts';
import { makeFolder } from '../core/makeFolder.ts';
import { nearestName } from '../core/nearestName.ts';
import type { RunControl } from '../core/progress.ts';
import { requireDiskSpace } from '../core/requireDiskSpace.ts';
import { compareCounts, countCategory } from './compareCounts.ts';
import { exists, installArchive } from './installArchive.ts';
import {
  categoryArchive,
  MVTEC_CATEGORIES,
  MVTEC_LICENCE,
  type MvtecArchive,
  WHOLE_ARCHIVE,
} from './mvtecArchives.ts';
import { scanMvtecCategory } from './mvtecLayout.ts';
import type { Problem } from './problem.ts';

export interface MvtecDownload extends RunControl {
  /** The data folder: `TO/bottle/train/good/000.png` and so on. */
  readonly to: string;
  /** By default all fifteen. */
  readonly categories?: readonly string[] | undefined;
  /** Whether the user accepts {@link MVTEC_LICENCE}. */
  readonly acceptLicence: boolean;
  /** A mirror: replaces the address's `https://www.mydrive.ch`. */
  readonly baseUrl?: string | undefined;
}

export interface MvtecDownloaded {
  /** Absolute path of the data folder. */
  readonly root: string;
  /** Unpacked now. */
  readonly added: readonly string[];
  /** Were there before, and not touched. */
  readonly alreadyThere: readonly string[];
  /** Absolute paths of the archives, no longer needed. */
  readonly archives: readonly string[];
  /** Where the image counts differ from the published ones. */
  readonly problems: readonly Problem[];
}

/** Room to ask for where an archive's size is not known; the fifteen have 5.3 GB together. */
const CATEGORY_BYTES = 1e9;

/**
 * Downloads what is missing, resuming an interrupted download, and unpacks it. All fifteen come as
 * one archive, a choice as one archive each; an archive that lies in the folder is used instead.
 * @throws FlawmapError when the licence is not accepted, for an unknown category, too little disk
 * space, no network (naming the address and where to place the file), a wrong hash, and an archive
 * that is damaged or has paths or links that lead out of the folder
 */
export async function downloadMvtecAd(download: MvtecDownload): Promise<MvtecDownloaded> {
  const { categories = MVTEC_CATEGORIES, baseUrl, onProgress, signal } = download;
  if (!download.acceptLicence) throw licenceNotAccepted();
  const unknown = categories.find((name) => !MVTEC_CATEGORIES.includes(name));
  if (unknown !== undefined) throw unknownCategory(unknown);
  const root = resolve(download.to);
  await makeFolder(root).catch((error: unknown) => {
    throw writeFailure(root, error);
  });

  const wanted = MVTEC_CATEGORIES.filter((name) => categories.includes(name));
  const alreadyThere: string[] = [];
  for (const name of wanted) if (await exists(join(root, name))) alreadyThere.push(name);
  const missing = wanted.filter((name) => !alreadyThere.includes(name));
  const archives = await archivesFor(root, missing);
  await requireDiskSpace(
    root,
    await bytesNeeded(root, archives),
    'the archives of MVTec AD and what is in them',
    'choose a folder on another disk',
  );
  for (const archive of archives) {
    const contained = missing.filter((name) => archive.categories.includes(name));
    await installArchive(atMirror(archive, baseUrl), root, contained, { onProgress, signal });
  }
  return {
    root,
    added: missing,
    alreadyThere,
    archives: archives.map(({ fileName }) => join(root, fileName)),
    problems: await countProblems(root, missing),
  };
}

async function archivesFor(root: string, missing: readonly string[]): Promise<MvtecArchive[]> {
  if (missing.length === 0) return [];
  const wholeIsHere = await exists(join(root, WHOLE_ARCHIVE.fileName));
  const takeWhole = wholeIsHere || missing.length === MVTEC_CATEGORIES.length;
  return takeWhole ? [WHOLE_ARCHIVE] : missing.map(categoryArchive);
}

/** The archive, unless it is here, and as much again unpacked: photographs hardly compress. */
async function bytesNeeded(root: string, archives: readonly MvtecArchive[]): Promise<number> {
  let bytes = 0;
  for (const { fileName, size = CATEGORY_BYTES } of archives) {
    bytes += (await exists(join(root, fileName))) ? size : 2 * size;
  }
  return bytes;
}

function atMirror(archive: MvtecArchive, baseUrl: string | undefined): MvtecArchive {
  if (baseUrl === undefined) return archive;
  const base = baseUrl.replace(/\/+$/, '');
  return { ...archive, url: base + new URL(archive.url).pathname };
}

async function countProblems(root: string, categories: readonly string[]): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const name of categories) {
    const { category } = await scanMvtecCategory(join(root, name), name);
    problems.push(...compareCounts(category, countCategory(category)).problems);
  }
  return problems;
}

function licenceNotAccepted() {
  return usageError({
    what: `the licence of MVTec AD has not been accepted\n\n${MVTEC_LICENCE}\n`,
    remedy: 'if you accept it, run this again with --accept-licence',
  });
}

function unknownCategory(name: string) {
  const near = nearestName(name, MVTEC_CATEGORIES);
  return usageError({
    what: `MVTec AD has no category ${name}`,
    expected: `of ${MVTEC_CATEGORIES.join(', ')}`,
    found: name,
    remedy: near === undefined ? 'choose some of them' : `did you mean ${near}?`,
  });
}
