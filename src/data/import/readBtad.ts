/** BTAD: PRODUCT/train/ok, PRODUCT/test/ok, PRODUCT/test/ko and PRODUCT/ground_truth/ko. */
import { basename, join } from 'node:path';
import { readImageFolder } from '../imageFolder.ts';
import { GOOD, GROUND_TRUTH } from '../labelledFolders.ts';
import { matchMasks } from '../masks.ts';
import { readFolder } from '../readFolder.ts';
import { fileMask } from './fileMask.ts';
import type { FoundImage, ImportReader } from './importFormat.ts';
import type { Remark } from './remarks.ts';

export const btadReader: ImportReader = {
  expects: 'PRODUCT/train/ok, PRODUCT/test/ok, PRODUCT/test/ko and PRODUCT/ground_truth/ko',
  async recognise(root) {
    const [first] = await products(root);
    return first && `${basename(first)} has train/ok`;
  },
  async read(root) {
    const images: FoundImage[] = [];
    const remarks: Remark[] = [];
    for (const product of await products(root)) {
      const read = await readProduct(product);
      images.push(...read.images);
      remarks.push(...read.remarks);
    }
    return { images, remarks };
  },
};

/** The folder itself, or those in it, that have `train/ok`. */
async function products(root: string): Promise<string[]> {
  const { folders } = await readFolder(root, 'source folder');
  const candidates = [root, ...folders.map((name) => join(root, name))];
  const found: string[] = [];
  for (const folder of candidates) if (await has(folder, 'train', 'ok')) found.push(folder);
  return found;
}

async function has(folder: string, ...below: string[]): Promise<boolean> {
  const [next, ...rest] = below;
  if (next === undefined) return true;
  const { folders } = await readFolder(folder, 'source folder');
  return folders.includes(next) && has(join(folder, next), ...rest);
}

async function readProduct(root: string) {
  const category = basename(root);
  const images: FoundImage[] = [];
  const remarks: Remark[] = [];
  for (const phase of ['train', 'test'] as const) {
    if (!(await has(root, phase))) continue;
    for (const folder of (await readFolder(join(root, phase), 'source folder')).folders) {
      const listed = await readImageFolder(join(root, phase, folder), 'source folder');
      const place = join(root, GROUND_TRUTH, folder);
      const masks =
        folder !== 'ok' && phase === 'test' && (await has(root, GROUND_TRUTH, folder))
          ? matchMasks(listed.images, await readImageFolder(place, 'folder of masks'))
          : undefined;
      for (const { kind, path } of masks?.problems ?? []) {
        const orphan = kind === 'mask-without-image';
        remarks.push({ kind: orphan ? 'annotation-without-image' : 'layout-problem', file: path });
      }
      for (const { path, stem } of listed.images) {
        const mask = masks?.byStem.get(stem);
        const defectType = folder === 'ok' ? GOOD : folder;
        if (phase === 'train' && defectType !== GOOD) {
          remarks.push({ kind: 'defect-in-training', file: path });
          continue;
        }
        images.push({
          path,
          category,
          phase,
          defectType,
          stem,
          ...(mask && { mask: fileMask(mask) }),
        });
      }
    }
  }
  return { images, remarks };
}
