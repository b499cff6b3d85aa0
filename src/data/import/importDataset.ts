/** `import`: somebody else's data set in the layout of MVTec AD, whole or not at all. */
import { constants, copyFile, link, realpath, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { writeAtomic } from '../../core/atomicFile.ts';
import { inputError, systemCode, usageError } from '../../core/error.ts';
import { makeFolder } from '../../core/makeFolder.ts';
import type { RunControl } from '../../core/progress.ts';
import { requireNewFolder } from '../../core/requireNewFolder.ts';
import { encodeMaskPng } from '../../image/encodeImage.ts';
import type { Mask } from '../../image/image.ts';
import { readImageSize } from '../../image/imageSize.ts';
import { GOOD } from '../labelledFolders.ts';
import { groupBy } from './groupBy.ts';
import type { ImportFormat } from './importFormat.ts';
import { detectFormat, IMPORT_READERS } from './importReaders.ts';
import { type PlacedImage, placeImages } from './placeImages.ts';
import { type ImportWarning, type Remark, warningsOf } from './remarks.ts';

export interface ImportOptions {
  readonly source: string;
  /** The folder to make; it may exist if it is empty. */
  readonly out: string;
  readonly format: ImportFormat | 'auto';
  /** Hard links instead of copies of the images: no more room on the disk, but the same files. */
  readonly link: boolean;
}

/** Where one image came from, and where it went. */
export interface ImportedImage {
  /** Relative to `source`, with the system's slashes. */
  readonly from: string;
  /** Relative to `out`, with forward slashes. */
  readonly to: string;
  /** Of the mask, and of the file it was made from. */
  readonly mask?: { readonly from: string; readonly to: string };
}

/** What `import.json` holds, and more. */
export interface ImportReport {
  /** Absolute paths. */
  readonly source: string;
  readonly out: string;
  readonly format: ImportFormat;
  /** Why it was taken for this format. */
  readonly reason: string;
  readonly counts: readonly ImportCounts[];
  readonly warnings: readonly ImportWarning[];
  readonly images: readonly ImportedImage[];
}

/** One folder of the new data set: a category's images of one part and type. */
export interface ImportCounts {
  readonly category: string;
  readonly phase: 'train' | 'test';
  readonly defectType: string;
  readonly images: number;
  readonly masks: number;
  /** Folders of the source that they come from. */
  readonly from: readonly string[];
}

/**
 * Writes images, masks as PNG, and `import.json`, which tells where each file came from. An
 * interrupt or a failure leaves nothing behind, and the source is never written to.
 * @throws FlawmapError when the source cannot be read or is of no known layout, when annotations
 * name files outside of it, or `out` is not new or cannot be written; the signal's reason when aborted
 */
export async function importDataset(
  options: ImportOptions,
  control: RunControl = {},
): Promise<ImportReport> {
  const source = resolve(options.source);
  const out = resolve(options.out);
  await requireFolder(source);
  await requireNewFolder(out, 'the imported data set');
  const { format, reason } =
    options.format === 'auto'
      ? await detectFormat(source)
      : { format: options.format, reason: '--format says so' };
  const found = await IMPORT_READERS[format].read(source, control);
  if (found.images.length === 0) throw nothingFound(source, format);
  const placed = placeImages(found.images);
  const remarks: Remark[] = [...found.remarks, ...withoutNormal(placed, out)];
  const images: ImportedImage[] = [];
  let report: ImportReport | undefined;
  await writeAtomic(out, async (partial) => {
    for (const [done, one] of placed.entries()) {
      control.signal?.throwIfAborted();
      control.onProgress?.({ step: 'importing images', done, total: placed.length });
      await placeFile(one.image.path, join(partial, one.file), options.link);
      const mask = await writeMask(one, partial, remarks);
      images.push({
        from: relative(source, one.image.path),
        to: one.file,
        ...(mask !== undefined && { mask: { from: relative(source, mask), to: one.mask } }),
      });
    }
    const counts = countFolders(placed, images);
    const warnings = warningsOf(remarks);
    report = { source, out, format, reason, counts, warnings, images };
    await makeFolder(partial);
    await writeFile(join(partial, 'import.json'), `${JSON.stringify(report, null, 2)}\n`);
  });
  control.onProgress?.({ step: 'importing images', done: placed.length, total: placed.length });
  return report!;
}

/** Returns the file that the mask was made from; undefined where there is none that can be used. */
async function writeMask(
  { image, defectType, mask: file }: PlacedImage,
  folder: string,
  remarks: Remark[],
): Promise<string | undefined> {
  if (defectType === GOOD) return undefined;
  const { path, mask: found } = image;
  if (found === undefined) {
    remarks.push({ kind: 'no-mask', file: path });
    return undefined;
  }
  const size = await readImageSize(path);
  const differs = ({ width, height }: { width: number; height: number }) =>
    width !== size.width || height !== size.height;
  let mask: Mask | undefined;
  if (found.statedSize === undefined || !differs(found.statedSize)) mask = await found.read(size);
  if (mask === undefined || differs(mask)) {
    remarks.push({ kind: 'sizes-differ', file: path });
    return undefined;
  }
  if (!mask.data.includes(1)) {
    remarks.push({ kind: 'empty-mask', file: path });
    return undefined;
  }
  await makeFolder(dirname(join(folder, file)));
  await writeFile(join(folder, file), await encodeMaskPng(mask));
  return found.source;
}

async function placeFile(from: string, to: string, asLink: boolean): Promise<void> {
  await makeFolder(dirname(to));
  // Of a symbolic link, the file it leads to.
  const file = await realpath(from);
  if (!asLink) return copyFile(file, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  try {
    await link(file, to);
  } catch (error) {
    const code = systemCode(error);
    if (code !== 'EXDEV' && code !== 'EPERM' && code !== 'EMLINK') throw error;
    throw usageError({
      what: `${to} cannot be a hard link to ${file}`,
      expected: 'both on one disk, which has hard links',
      found: code,
      remedy: 'leave --link away, so that images are copied',
      cause: error,
    });
  }
}

function countFolders(
  placed: readonly PlacedImage[],
  images: readonly ImportedImage[],
): ImportCounts[] {
  const folders = groupBy(
    placed.map((place, i) => ({ place, imported: images[i]! })),
    ({ place }) => dirname(place.file),
  );
  const phases = { train: 0, test: 1 };
  return [...folders.values()]
    .map((all) => {
      const { category, phase, defectType } = all[0]!.place;
      return {
        category,
        phase,
        defectType,
        images: all.length,
        masks: all.filter(({ imported }) => imported.mask !== undefined).length,
        from: [...new Set(all.map(({ imported }) => dirname(imported.from)))],
      };
    })
    .sort(
      (a, b) =>
        a.category.localeCompare(b.category, 'en') ||
        phases[a.phase] - phases[b.phase] ||
        a.defectType.localeCompare(b.defectType, 'en'),
    );
}

function withoutNormal(placed: readonly PlacedImage[], out: string): Remark[] {
  const categories = new Set(placed.map(({ category }) => category));
  for (const { category, phase, defectType } of placed) {
    if (phase === 'train' && defectType === GOOD) categories.delete(category);
  }
  return [...categories].map((category) => ({
    kind: 'no-normal-images',
    file: join(out, category),
  }));
}

async function requireFolder(source: string): Promise<void> {
  const found = await stat(source).catch(() => undefined);
  if (found?.isDirectory()) return;
  throw inputError({
    what: `cannot import ${source}`,
    expected: 'a folder',
    found: found === undefined ? 'nothing there' : 'a file',
    remedy: `check the path; unpack ${basename(source)} if it is an archive`,
  });
}

function nothingFound(source: string, format: ImportFormat) {
  return inputError({
    what: `there is nothing to import from ${source} as ${format}`,
    expected: IMPORT_READERS[format].expects,
    found: 'no image that is laid out or annotated so',
    remedy: 'give another folder or --format; `--format auto` says what a folder looks like',
  });
}
