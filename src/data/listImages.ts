/** The images to score: files and folders as the user names them. */
import { realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { environmentError, inputError, systemCode, usageError } from '../core/error.ts';
import { IMAGE_EXTENSIONS, isImageFile } from '../image/imageFormat.ts';
import { byCodePoint } from './codePointOrder.ts';
import type { SkippedFile } from './dataset.ts';
import { readImageFolder } from './imageFolder.ts';

export interface ListedImage {
  /** Absolute path. */
  readonly path: string;
  /**
   * Path relative to the folder that all that was named has in common, with forward slashes: a
   * unique name for what is written about the image.
   */
  readonly name: string;
}

export interface ImageList {
  /** By path in code point order, each file once. */
  readonly images: readonly ListedImage[];
  readonly skipped: readonly SkippedFile[];
}

/**
 * @param paths image files, and folders that are searched with all their subfolders
 * @throws FlawmapError for a path that is missing or unreadable, a file that is not an image, a
 * broken link, and a folder without images
 */
export async function listImages(paths: readonly string[]): Promise<ImageList> {
  if (paths.length === 0) {
    throw usageError({
      what: 'no images were named',
      expected: 'image files or folders',
      remedy: 'name an image, or a folder that holds images',
    });
  }
  const found = new Set<string>();
  const folders: string[] = [];
  const skipped = new Map<string, SkippedFile>();
  for (const given of paths) {
    const path = resolve(given);
    if (await isFolder(path)) {
      folders.push(path);
      const inside = await searchFolder(path, []);
      if (inside.images.length === 0) throw noImages(path, inside.skipped);
      for (const image of inside.images) found.add(image);
      for (const file of inside.skipped) skipped.set(file.path, file);
    } else {
      if (!isImageFile(path)) throw notAnImage(path);
      folders.push(dirname(path));
      found.add(path);
    }
  }
  const common = commonFolder(folders);
  const images = [...found].sort(byCodePoint);
  return {
    images: images.map((path) => ({
      path,
      name: relative(common, path).split(sep).join('/'),
    })),
    skipped: [...skipped.values()],
  };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw inputError({
        what: `${path} does not exist`,
        expected: 'an image file or a folder of images',
        remedy: 'check the path for a typing error',
        cause: error,
      });
    }
    if (code === undefined) throw error;
    throw environmentError({
      what: `${path} cannot be read`,
      found: code,
      remedy: 'change its permissions, or run as a user who may read it',
      cause: error,
    });
  }
}

interface Found {
  readonly images: string[];
  readonly skipped: SkippedFile[];
}

/** @param above real paths of the folders on the way here: a link back to one is not followed */
async function searchFolder(path: string, above: readonly string[]): Promise<Found> {
  const real = await realpath(path);
  if (above.includes(real))
    return { images: [], skipped: [{ path, reason: 'a link in a circle' }] };
  const folder = await readImageFolder(path, 'image folder');
  const broken = folder.problems.find(({ kind }) => kind === 'broken-link');
  if (broken) {
    const expected = 'image files, and links to such';
    throw inputError({ what: broken.message, expected, remedy: broken.remedy });
  }
  const images = folder.images.map((image) => image.path);
  const skipped = [...folder.skipped];
  for (const name of folder.folders) {
    const inside = await searchFolder(join(path, name), [...above, real]);
    images.push(...inside.images);
    skipped.push(...inside.skipped);
  }
  return { images, skipped };
}

function commonFolder(folders: readonly string[]): string {
  const split = folders.map((folder) => folder.split(sep));
  const first = split[0]!;
  let length = 0;
  while (length < first.length && split.every((parts) => parts[length] === first[length])) length++;
  return first.slice(0, length).join(sep) || sep;
}

const extensions = [...IMAGE_EXTENSIONS].join(' ');

function noImages(path: string, skipped: readonly SkippedFile[]) {
  return inputError({
    what: `there are no images in ${path}`,
    expected: `files that end in ${extensions}`,
    found: skipped.length === 0 ? 'no files' : `${skipped.length} files that are not images`,
    remedy: 'name another folder, or put images into this one',
  });
}

function notAnImage(path: string) {
  return inputError({
    what: `${path} is not an image`,
    expected: `a file that ends in ${extensions}`,
    remedy: 'name an image, or a folder that holds images',
  });
}
