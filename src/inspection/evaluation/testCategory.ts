/** The labelled images that an inspector is tested on. */
import { inputError } from '../../core/error.ts';
import type { Category } from '../../data/dataset.ts';
import { listCategories } from '../../data/locateCategory.ts';
import { openCategory } from '../../data/openCategory.ts';

/**
 * Among several categories the one the inspector was fitted on, unless another is named.
 * @throws FlawmapError (input) where there is no such category, or nothing to test in it
 */
export async function openTestCategory(
  data: string,
  name: string | undefined,
  fittedOn: string,
): Promise<Category> {
  const category = await chooseCategory(data, name, fittedOn);
  if (category.test.length === 0) throw nothingToTest(category.root);
  return category;
}

async function chooseCategory(
  data: string,
  name: string | undefined,
  fittedOn: string,
): Promise<Category> {
  if (name !== undefined) return openCategory(data, name);
  const categories = await listCategories(data);
  const isThere = categories.some((category) => category.name === fittedOn);
  return openCategory(data, categories.length > 1 && isThere ? fittedOn : undefined);
}

function nothingToTest(root: string) {
  return inputError({
    what: `there are no test images in ${root}`,
    expected: 'folders test/good and test/DEFECT with labelled images',
    remedy: 'sort labelled images into such folders; unlabelled ones are for `flawmap predict`',
  });
}
