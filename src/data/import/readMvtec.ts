/** MVTec AD, and what is laid out like it (MPDD): one category, or a folder of several. */
import { basename } from 'node:path';
import { GOOD } from '../labelledFolders.ts';
import { type CategoryPlace, listCategories } from '../locateCategory.ts';
import { scanCategory } from '../openCategory.ts';
import { readFolder } from '../readFolder.ts';
import { fileMask } from './fileMask.ts';
import type { FoundImage, ImportReader } from './importFormat.ts';
import type { Remark } from './remarks.ts';

const MPDD_CATEGORIES: readonly string[] = [
  'bracket_black',
  'bracket_brown',
  'bracket_white',
  'connector',
  'metal_plate',
  'tubes',
];

export const mvtecReader: ImportReader = {
  expects: 'CATEGORY/train/good, CATEGORY/test/DEFECT and CATEGORY/ground_truth/DEFECT',
  async recognise(root) {
    const [first] = await goodCategories(root);
    return first && `${first.name} has train/${GOOD}`;
  },
  read,
};

export const mpddReader: ImportReader = {
  expects: `as mvtec, with categories of MPDD: ${MPDD_CATEGORIES.join(', ')}`,
  async recognise(root) {
    const places = await goodCategories(root);
    const known = places.find(({ name }) => MPDD_CATEGORIES.includes(name));
    return known && `${known.name} has train/${GOOD}, and is a category of MPDD`;
  },
  read,
};

async function goodCategories(root: string): Promise<CategoryPlace[]> {
  // A folder without images is no data set of this layout: not an error while looking around.
  const places = await listCategories(root).catch(() => []);
  const found: CategoryPlace[] = [];
  for (const place of places.filter(({ layout }) => layout === 'mvtec')) {
    const { folders } = await readFolder(place.root, 'category folder');
    if (!folders.includes('train')) continue;
    const train = await readFolder(`${place.root}/train`, 'training folder');
    if (train.folders.includes(GOOD)) found.push(place);
  }
  return found;
}

async function read(root: string) {
  const images: FoundImage[] = [];
  const remarks: Remark[] = [];
  for (const place of await listCategories(root)) {
    const { category, problems } = await scanCategory(place);
    for (const { path, phase, defectType, maskPath } of [...category.train, ...category.test]) {
      images.push({
        path,
        category: place.name,
        phase: phase === 'train' ? 'train' : 'test',
        defectType,
        stem: basename(path).replace(/\.[^.]+$/, ''),
        ...(maskPath !== undefined && { mask: fileMask(maskPath) }),
      });
    }
    for (const { kind, path } of problems) {
      const orphan = kind === 'mask-without-image' || kind === 'mask-for-good-image';
      remarks.push({ kind: orphan ? 'annotation-without-image' : 'layout-problem', file: path });
    }
  }
  return { images, remarks };
}
