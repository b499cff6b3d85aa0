/** Brings one archive of a data set here, or takes the one placed by hand, and unpacks it. */
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadFile } from '../core/download.ts';
import { inputError } from '../core/error.ts';
import { sha256File } from '../core/hash.ts';
import type { RunControl } from '../core/progress.ts';
import type { MvtecArchive } from './mvtecArchives.ts';
import { unpackTarXz } from './unpackTarXz.ts';

/**
 * The archive is looked for at `TO/FILENAME`, downloaded to there otherwise, and stays there.
 * It is unpacked beside its target first, so that a category's folder appears whole or not at all.
 *
 * @param to absolute path of the data folder
 * @param categories which of the archive's to unpack; `TO/NAME` must not exist
 * @throws FlawmapError for a failed download (naming the address, and where to place the file), a
 * wrong hash, a damaged or malicious archive, and one without the categories
 */
export async function installArchive(
  archive: MvtecArchive,
  to: string,
  categories: readonly string[],
  control: RunControl,
): Promise<void> {
  const path = join(to, archive.fileName);
  await mkdir(to, { recursive: true });
  if (await exists(path)) await checkHash(archive, path, control);
  else await downloadFile({ ...archive, ...control, to: path });
  const staging = join(to, `.unpacking-${archive.fileName}`);
  await rm(staging, { recursive: true, force: true, maxRetries: 5 });
  try {
    await unpackTarXz({ ...control, archive: path, to: staging, only: categories });
    for (const category of categories) {
      if (!(await exists(join(staging, category)))) throw withoutCategory(path, category);
    }
    for (const category of categories) await rename(join(staging, category), join(to, category));
  } finally {
    await rm(staging, { recursive: true, force: true, maxRetries: 5 });
  }
}

export const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

async function checkHash(
  { sha256, fileName, url }: MvtecArchive,
  path: string,
  { onProgress }: RunControl,
): Promise<void> {
  if (sha256 === undefined) return;
  const step = `checking ${fileName}`;
  onProgress?.({ step, done: 0, total: 1 });
  const found = await sha256File(path);
  onProgress?.({ step, done: 1, total: 1 });
  if (found === sha256) return;
  throw inputError({
    what: `${path} is not the published archive`,
    expected: `SHA-256 ${sha256}`,
    found: `SHA-256 ${found}`,
    remedy: `remove it, and download it again from ${url}`,
  });
}

function withoutCategory(path: string, category: string) {
  return inputError({
    what: `${path} does not hold the category ${category}`,
    expected: `a folder ${category} at its top`,
    remedy: 'remove it and download it again',
  });
}
