/**
 * Labelled photographs as a folder that `flawmap fit --calibrate` takes: `good` and `flawed`. The
 * folder `good` by itself is what `flawmap recalibrate` takes.
 */
import type { Label, Photo } from '../state/photo.ts';
import { type ZipEntry, zipArchive } from './zipArchive.ts';

/** A file manager makes a folder of this name of the archive's content. */
const FOLDERS: Readonly<Record<Label, string>> = { normal: 'good', anomalous: 'flawed' };

/** The files as they were given, byte by byte. */
export async function calibrationSet(photos: readonly Photo[]): Promise<Blob> {
  const labelled = photos.filter(({ label }) => label !== undefined);
  const paths = uniquePaths(labelled.map(({ name, label }) => `${FOLDERS[label!]}/${plain(name)}`));
  const entries = await Promise.all(
    labelled.map(async ({ file }, i): Promise<ZipEntry> => {
      return { path: paths[i]!, data: new Uint8Array(await file.arrayBuffer()) };
    }),
  );
  return zipArchive(entries);
}

/** A file name that every system takes. */
const plain = (name: string): string => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is not wanted
  const safe = name.replace(/[\u0000-\u001f<>:"/\\|?*]/g, '_').replace(/^\.+/, '');
  return /\.[a-z0-9]+$/i.test(safe) ? safe : `${safe || 'image'}.png`;
};

/** Names that differ by more than extension and case: masks are found by the name alone. */
export function uniquePaths(paths: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return paths.map((path) => {
    const end = path.lastIndexOf('.');
    const [stem, extension] = [path.slice(0, end), path.slice(end)];
    let found = stem;
    for (let copy = 2; taken.has(found.toLowerCase()); copy++) found = `${stem}-${copy}`;
    taken.add(found.toLowerCase());
    return `${found}${extension}`;
  });
}
