/**
 * VisA (Zou et al., ECCV 2022): one table of all images, `split_csv/1cls.csv`, with the columns
 * object, split, label, image and mask; paths are relative to the data set's folder.
 */
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { inputError } from '../../core/error.ts';
import { GOOD } from '../labelledFolders.ts';
import { readFolder } from '../readFolder.ts';
import { fileMask } from './fileMask.ts';
import type { FoundImage, ImportReader } from './importFormat.ts';
import { isNormalName } from './labelNames.ts';
import { readCsv } from './readCsv.ts';
import { readSourceText } from './readSourceText.ts';
import type { Remark } from './remarks.ts';
import { pathInside } from './sourceFiles.ts';

const COLUMNS = ['object', 'split', 'label', 'image', 'mask'] as const;
const FOLDER = 'split_csv';

export const visaReader: ImportReader = {
  expects: `${FOLDER}/1cls.csv, or another table with the columns ${COLUMNS.join(', ')}`,
  async recognise(root) {
    const file = await findTable(root);
    return file && `${file.slice(root.length + 1)} has the columns ${COLUMNS.join(', ')}`;
  },
  async read(root) {
    const file = await findTable(root);
    if (file === undefined) throw noTable(root);
    const images: FoundImage[] = [];
    const remarks: Remark[] = [];
    for (const row of readCsv(await readSourceText(file))) {
      const [category = '', split = '', label = '', image = '', mask = ''] = COLUMNS.map(
        (column) => row[column],
      );
      const path = pathInside(root, image, file);
      if (split !== 'train' && split !== 'test') throw unknownSplit(file, image, split);
      const isNormal = isNormalName(label);
      if (!(await isFile(path))) remarks.push({ kind: 'annotation-without-image', file: path });
      else if (split === 'train' && !isNormal) {
        remarks.push({ kind: 'defect-in-training', file: path });
      } else {
        const maskPath = mask === '' || isNormal ? undefined : pathInside(root, mask, file);
        images.push({
          path,
          category,
          phase: split,
          defectType: isNormal ? GOOD : label,
          stem: basename(path).replace(/\.[^.]+$/, ''),
          ...(maskPath !== undefined && { mask: fileMask(maskPath) }),
        });
      }
    }
    return { images, remarks };
  },
};

/** The table of one class at a time, before those of other protocols. */
async function findTable(root: string): Promise<string | undefined> {
  const { files, folders } = await readFolder(root, 'source folder');
  const inside = folders.includes(FOLDER)
    ? (await readFolder(join(root, FOLDER), 'source folder')).files
    : [];
  const tables = [...inside.map((name) => join(FOLDER, name)), ...files]
    .filter((name) => name.toLowerCase().endsWith('.csv'))
    .sort((a, b) => Number(b.endsWith('1cls.csv')) - Number(a.endsWith('1cls.csv')));
  for (const name of tables) {
    const first = readCsv(await readSourceText(join(root, name)))[0];
    if (first && COLUMNS.every((column) => column in first)) return join(root, name);
  }
  return undefined;
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

function noTable(root: string) {
  return inputError({
    what: `${root} has no table of images`,
    expected: visaReader.expects,
    remedy: `put the table of VisA into ${join(root, FOLDER)}`,
  });
}

function unknownSplit(file: string, image: string, found: string) {
  return inputError({
    what: `${file} puts ${image} into an unknown part`,
    expected: 'split train or test',
    found: JSON.stringify(found),
    remedy: 'use the table for one class at a time, 1cls.csv',
  });
}
