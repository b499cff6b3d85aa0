/** The images of one folder, in order, and what else lies there. */
import { extname, join } from 'node:path';
import { isImageFile } from '../image/imageFormat.ts';
import type { SkippedFile } from './dataset.ts';
import type { Problem } from './problem.ts';
import { isHidden, readFolder } from './readFolder.ts';

export interface ImageFile {
  readonly name: string;
  /** The name without its extension; what a mask is found by. */
  readonly stem: string;
  /** Absolute path, if the folder's was. */
  readonly path: string;
}

export interface ImageFolder {
  /** By name, in code point order. */
  readonly images: readonly ImageFile[];
  readonly folders: readonly string[];
  readonly skipped: readonly SkippedFile[];
  /** Broken links, and images that differ in nothing but their extension. */
  readonly problems: readonly Problem[];
}

/**
 * @param what how messages call the folder
 * @throws FlawmapError when the folder is missing, is a file or cannot be read
 */
export async function readImageFolder(path: string, what: string): Promise<ImageFolder> {
  const { files, folders, brokenLinks } = await readFolder(path, what);
  const images: ImageFile[] = [];
  const skipped: SkippedFile[] = [];
  for (const name of files) {
    const file = { name, stem: stemOf(name), path: join(path, name) };
    if (isHidden(name)) skipped.push({ path: file.path, reason: 'hidden' });
    else if (!isImageFile(name)) skipped.push({ path: file.path, reason: 'not an image' });
    else images.push(file);
  }
  const problems = [
    ...brokenLinks.map((name) => brokenLink(join(path, name))),
    ...duplicateStems(images),
  ];
  return { images, folders, skipped, problems };
}

/** Images that lie beside the folders they should be in, as files left alone. */
export const strayImages = ({ images }: ImageFolder): SkippedFile[] =>
  images.map(({ path }) => ({ path, reason: 'an image outside of the layout' }));

const stemOf = (name: string): string => name.slice(0, name.length - extname(name).length);

function brokenLink(path: string): Problem {
  return {
    kind: 'broken-link',
    severity: 'error',
    path,
    message: `${path} is a link to a file that is not there`,
    remedy: 'bring the file back, or remove the link',
  };
}

function duplicateStems(images: readonly ImageFile[]): Problem[] {
  const first = new Map<string, ImageFile>();
  const problems: Problem[] = [];
  for (const image of images) {
    const other = first.get(image.stem);
    if (other === undefined) first.set(image.stem, image);
    else {
      problems.push({
        kind: 'duplicate-stem',
        severity: 'error',
        path: image.path,
        message: `${image.path} has the same name as ${other.name} but for the extension`,
        remedy: 'keep one of the two, or rename it: masks are found by the name',
        others: [other.path],
      });
    }
  }
  return problems;
}
