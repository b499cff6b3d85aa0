/** Imports a small made-up data set and reads what came of it. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ImportOptions, importDataset } from '../../src/data/import/importDataset.ts';
import { decodeMask } from '../../src/image/decodeMask.ts';
import { encodeMaskPng, encodePng } from '../../src/image/encodeImage.ts';
import { makeTree } from './tree.ts';

/** Any photograph; different seeds give different ones. */
export const anyImage = (width = 6, height = 4, grey = 90): Promise<Uint8Array> =>
  encodePng({ width, height, data: new Uint8Array(width * height * 3).fill(grey) });

/** A mask drawn with characters: `#` is defective. */
export const maskOf = (...rows: string[]): Promise<Uint8Array> =>
  encodeMaskPng({
    width: rows[0]!.length,
    height: rows.length,
    data: Uint8Array.from(rows.join(''), (character) => (character === '#' ? 1 : 0)),
  });

/** A mask's rows as {@link maskOf} takes them. */
export async function rowsOf(path: string): Promise<string[]> {
  const { width, height, data } = await decodeMask(path);
  return Array.from({ length: height }, (_, y) =>
    [...data.subarray(y * width, (y + 1) * width)].map((value) => (value ? '#' : '.')).join(''),
  );
}

export async function importTree(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: Partial<ImportOptions> = {},
) {
  const source = makeTree(files);
  const out = join(makeTree({}), 'data');
  const report = await importDataset({ source, out, format: 'auto', link: false, ...options });
  return {
    report,
    source,
    out,
    /** Relative paths of all files written but the record. */
    written: filesIn(out).filter((file) => file !== 'import.json'),
    /** What is remarked on, as kind and file relative to the source. */
    remarks: report.warnings.flatMap(({ kind, files: concerned }) =>
      concerned.map((file) => `${kind} ${file.replace(`${source}/`, '').replace(`${out}/`, '')}`),
    ),
    mask: (file: string) => rowsOf(join(out, file)),
  };
}

export const filesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
        .sort()
    : [];
