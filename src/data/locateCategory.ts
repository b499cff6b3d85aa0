/** Decides what a data folder is: several categories, one category, or a plain folder of images. */
import { basename, dirname, join, resolve } from 'node:path';
import { type FlawmapError, inputError, usageError } from '../core/error.ts';
import { nearestName } from '../core/nearestName.ts';
import { type ImageFolder, readImageFolder } from './imageFolder.ts';
import { isMvtecCategory } from './mvtecLayout.ts';
import { readFolder } from './readFolder.ts';

export interface CategoryPlace {
  readonly name: string;
  /** Absolute path. */
  readonly root: string;
  readonly layout: 'mvtec' | 'plain';
}

/**
 * The categories of a data folder, in code point order: its subfolders that have a `train` or a
 * `test` folder, or else the folder itself, if it is one category or a plain folder of images.
 * @throws FlawmapError when there is none, or the folder is missing, is a file or unreadable
 */
export async function listCategories(dataFolder: string): Promise<readonly CategoryPlace[]> {
  const root = resolve(dataFolder);
  const listing = await readImageFolder(root, 'data folder');
  const children = isMvtecCategory(listing.folders) ? [] : await mvtecChildren(root, listing);
  return children.length > 0 ? children : [theFolderItself(root, listing)];
}

/**
 * The category to work on. With several in the folder, the name chooses one. A folder that is one
 * category itself, or a plain folder of images, is labelled with the name; by default its own.
 * @throws FlawmapError when the name is unknown, or needed and not given
 */
export async function locateCategory(dataFolder: string, name?: string): Promise<CategoryPlace> {
  const root = resolve(dataFolder);
  const listing = await readImageFolder(root, 'data folder');
  if (name !== undefined && !isMvtecCategory(listing.folders) && listing.folders.includes(name)) {
    const child = join(root, name);
    return theFolderItself(child, await readImageFolder(child, 'category folder'));
  }
  const categories = await listCategories(root);
  const first = categories[0]!;
  if (first.root === root) return name === undefined ? first : labelled(first, name);
  if (name !== undefined) throw unknownCategory(root, name, categories);
  if (categories.length > 1) throw severalCategories(root, categories);
  return first;
}

async function mvtecChildren(root: string, { folders }: ImageFolder): Promise<CategoryPlace[]> {
  const children: CategoryPlace[] = [];
  for (const name of folders) {
    const child = join(root, name);
    const listing = await readFolder(child, 'folder');
    if (isMvtecCategory(listing.folders)) children.push({ name, root: child, layout: 'mvtec' });
  }
  return children;
}

function theFolderItself(root: string, { folders, images, skipped }: ImageFolder): CategoryPlace {
  const name = basename(root);
  if (isMvtecCategory(folders)) return { name, root, layout: 'mvtec' };
  if (images.length > 0) return { name, root, layout: 'plain' };
  const found = [...folders.map((folder) => `${folder}/`), ...skipped.map((s) => basename(s.path))];
  throw inputError({
    what: `there are no images in ${root}`,
    expected: 'images, or train/good with images, or folders of categories that have train/good',
    found: found.length === 0 ? 'an empty folder' : shortList(found),
    remedy: `put images of good products into ${join(root, 'train', 'good')}`,
  });
}

/** A name other than the folder's is a label, unless a category of that name lies beside it. */
async function labelled(category: CategoryPlace, name: string): Promise<CategoryPlace> {
  if (name === category.name || category.layout === 'plain') return { ...category, name };
  const parent = dirname(category.root);
  // Only this one is looked at: what else lies beside the folder is not ours to read.
  const isSibling = await readFolder(join(parent, name), 'folder').then(
    ({ folders }) => isMvtecCategory(folders),
    () => false,
  );
  if (isSibling) {
    throw usageError({
      what: `${category.root} is the category ${category.name}, not ${name}`,
      remedy: `give ${parent} with --category ${name}, or leave --category away`,
    });
  }
  return { ...category, name };
}

function unknownCategory(
  root: string,
  name: string,
  categories: readonly CategoryPlace[],
): FlawmapError {
  const names = categories.map((category) => category.name);
  const near = nearestName(name, names);
  return usageError({
    what: `there is no category ${name} in ${root}`,
    expected: `one of ${names.join(', ')}`,
    found: name,
    remedy: near === undefined ? 'choose one of them' : `did you mean --category ${near}?`,
  });
}

function severalCategories(root: string, categories: readonly CategoryPlace[]): FlawmapError {
  const names = categories.map((category) => category.name);
  return usageError({
    what: `${root} holds ${names.length} categories`,
    expected: `--category with one of ${names.join(', ')}`,
    found: 'no --category',
    remedy: `choose one: --category ${names[0]}`,
  });
}

/** At most five names, and how many more there are. */
function shortList(names: readonly string[]): string {
  const rest = names.length - 5;
  return names.slice(0, 5).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
