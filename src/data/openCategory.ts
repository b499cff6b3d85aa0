/** Opens a category for fitting and testing; what is wrong with its layout is an error here. */
import type { Category } from './dataset.ts';
import { type CategoryPlace, locateCategory } from './locateCategory.ts';
import { type ScannedCategory, scanMvtecCategory } from './mvtecLayout.ts';
import { scanPlainFolder } from './plainFolder.ts';
import { firstError } from './problem.ts';

/**
 * Lists a category's samples, by folder and name in code point order; opens no image.
 *
 * @param dataFolder holds several categories in the MVTec AD layout, or is one category itself
 * (has `train` or `test`), or is a plain folder of good images (all for training, no test)
 * @param name chooses among several categories; in the other two cases it is the label, by default
 * the folder's name. A category named like this beside the folder is taken for a mistake.
 * @throws FlawmapError when the folder is missing, is a file or unreadable; when there are several
 * categories and no name, or none of the name; when train/good is missing or has no images; for
 * images that differ only in their extension, broken links, two masks for an image, and masks for
 * good images
 */
export async function openCategory(dataFolder: string, name?: string): Promise<Category> {
  const { category, problems } = await scanCategory(await locateCategory(dataFolder, name));
  const error = firstError(problems);
  if (error) throw error;
  return category;
}

/** Reads a category's folders without judging; what is wrong is returned as problems. */
export function scanCategory({ root, name, layout }: CategoryPlace): Promise<ScannedCategory> {
  return layout === 'mvtec' ? scanMvtecCategory(root, name) : scanPlainFolder(root, name);
}
