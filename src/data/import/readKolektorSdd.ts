/**
 * KolektorSDD (Tabernik et al. 2019): folders kosNN, one for each piece, with PartN.jpg and
 * PartN_label.bmp. KolektorSDD2 (Božič et al. 2021): folders train and test with NNNNN.png and
 * NNNNN_GT.png. Every image has a mask; where it marks nothing, the image is normal.
 */
import { basename, join, posix } from 'node:path';
import type { RunControl } from '../../core/progress.ts';
import { decodeMask } from '../../image/decodeMask.ts';
import { isImageFile } from '../../image/imageFormat.ts';
import { GOOD } from '../labelledFolders.ts';
import { fileMask } from './fileMask.ts';
import type { FoundImage, ImportReader } from './importFormat.ts';
import type { Remark } from './remarks.ts';
import { filesBelow } from './sourceFiles.ts';

const DEFECT = 'defect';

interface Version {
  readonly category: string;
  readonly mask: RegExp;
  /** An image's folder, from the end of its path. */
  readonly folder: RegExp;
}

const FIRST: Version = {
  category: 'kolektorsdd',
  mask: /_label$/,
  folder: /(^|\/)kos\d+$/i,
};
const SECOND: Version = {
  category: 'kolektorsdd2',
  mask: /_GT$/,
  folder: /(^|\/)(train|test)$/,
};

export const kolektorReader: ImportReader = {
  expects:
    'folders kosNN with PartN.jpg and PartN_label.bmp, or train and test with NNNNN.png and NNNNN_GT.png',
  async recognise(root) {
    const files = await filesBelow(root);
    const version = versionOf(files);
    const mask = version && files.find((file) => isMaskOf(version, file));
    return mask && `${mask} is named as a mask of ${version.category}`;
  },
  async read(root, { onProgress, signal }: RunControl) {
    const files = (await filesBelow(root)).filter(isImageFile);
    const version = versionOf(files) ?? FIRST;
    const masks = new Map(
      files
        .filter((file) => isMaskOf(version, file))
        .map((file) => [stemOf(file).replace(version.mask, ''), file]),
    );
    const images: FoundImage[] = [];
    const remarks: Remark[] = [];
    const photographs = files.filter((file) => !isMaskOf(version, file));
    for (const [done, file] of photographs.entries()) {
      signal?.throwIfAborted();
      onProgress?.({ step: 'reading masks', done, total: photographs.length });
      const path = join(root, file);
      const mask = masks.get(stemOf(file));
      if (mask === undefined) {
        remarks.push({ kind: 'image-without-annotation', file: path });
        continue;
      }
      masks.delete(stemOf(file));
      const maskPath = join(root, mask);
      const isDefective = (await decodeMask(maskPath)).data.includes(1);
      const folder = basename(posix.dirname(file));
      const phase = version === SECOND ? (folder === 'train' ? 'train' : 'test') : undefined;
      if (phase === 'train' && isDefective) {
        remarks.push({ kind: 'defect-in-training', file: path });
        continue;
      }
      const name = basename(stemOf(file));
      images.push({
        path,
        category: version.category,
        phase,
        defectType: isDefective ? DEFECT : GOOD,
        stem: version === FIRST ? `${folder}_${name}` : name,
        ...(version === FIRST && { group: folder }),
        ...(isDefective && { mask: fileMask(maskPath) }),
      });
    }
    for (const mask of masks.values()) {
      remarks.push({ kind: 'annotation-without-image', file: join(root, mask) });
    }
    return { images, remarks };
  },
};

const stemOf = (file: string): string => file.slice(0, file.length - posix.extname(file).length);

const isMaskOf = ({ mask, folder }: Version, file: string): boolean =>
  mask.test(stemOf(file)) && folder.test(posix.dirname(file)) && isImageFile(file);

const versionOf = (files: readonly string[]): Version | undefined =>
  [FIRST, SECOND].find((version) => files.some((file) => isMaskOf(version, file)));
