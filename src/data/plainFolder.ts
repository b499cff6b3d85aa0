/** A plain folder of good images: all of them are for training, there is nothing to test on. */
import { join } from 'node:path';
import type { Sample } from './dataset.ts';
import { readImageFolder } from './imageFolder.ts';
import { GOOD, unexpectedFolder } from './labelledFolders.ts';
import type { ScannedCategory } from './mvtecLayout.ts';

/**
 * Takes the images directly in the folder, not those in its subfolders; ids are file names.
 * @param root absolute path of a folder with at least one image
 * @throws FlawmapError when the folder cannot be read
 */
export async function scanPlainFolder(root: string, name: string): Promise<ScannedCategory> {
  const { images, folders, skipped, problems } = await readImageFolder(root, 'image folder');
  const train = images.map(
    (image): Sample => ({
      id: image.name,
      path: image.path,
      category: name,
      phase: 'train',
      label: 'normal',
      defectType: GOOD,
    }),
  );
  const leftAlone = folders.map((folder) => unexpectedFolder(join(root, folder)));
  return {
    category: { name, root, train, test: [], skipped },
    problems: [...problems, ...leftAlone],
  };
}
