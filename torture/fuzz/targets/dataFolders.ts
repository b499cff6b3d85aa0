import { join } from 'node:path';
import { listImages } from '../../../src/data/listImages.ts';
import { openDataset } from '../../../src/data/openDataset.ts';
import { verifyDataset } from '../../../src/data/verifyDataset.ts';
import { encodeMaskPng } from '../../../src/image/encodeImage.ts';
import { flawMask, photographPng } from '../../../test/support/photographs.ts';
import { mutateBytes } from '../mutate.ts';
import type { FuzzTarget } from '../target.ts';
import { addStrangeFile, writeTree } from '../trees.ts';

const PLACES = [
  'train/good/000.png',
  'train/good/001.png',
  'train/good/sub/001.png',
  'train',
  'train/good',
  'train/bad/0.png',
  'test/good/000.png',
  'test/cut/000.png',
  'test/cut/000.jpg',
  'test/cut/.hidden.png',
  'test/cut/na\nme.png',
  'test/\u202ecut/0.png',
  'ground_truth/cut/000_mask.png',
  'ground_truth/cut/000_mask.bmp',
  'ground_truth/cut',
  'ground_truth/good/000_mask.png',
  'ground_truth',
  `test/cut/${'x'.repeat(240)}.png`,
];

export const dataFolderTarget: FuzzTarget = {
  name: 'folders',
  what: 'data set folders with links out of them, loops, pipes, devices, damaged images',
  cases: 1_000,
  megabytes: 300,
  async prepare() {
    const image = Buffer.from(await photographPng({ seed: 1, width: 16, height: 12 }));
    const mask = Buffer.from(await encodeMaskPng(flawMask(16, 12)));
    const files = {
      'train/good/000.png': image,
      'train/good/001.png': image,
      'test/good/000.png': image,
      'test/cut/000.png': image,
      'ground_truth/cut/000_mask.png': mask,
    };
    return {
      make(random, place) {
        const root = join(place.input, 'nut');
        const strange = Array.from({ length: 1 + random.integer(3) }, () => random.pick(PLACES));
        for (const path of strange) addStrangeFile(random, root, path, place);
        for (const [path, bytes] of Object.entries(files)) {
          const damaged = random.next() < 0.1 ? mutateBytes(random, bytes, [image, mask]) : bytes;
          try {
            writeTree(
              root,
              random.next() < 0.1 || strange.includes(path) ? {} : { [path]: damaged },
            );
          } catch {
            // A file is where its folder would be.
          }
        }
      },
      async run({ input }) {
        const root = join(input, 'nut');
        const failures: unknown[] = [];
        const attempt = (work: () => Promise<unknown>) =>
          work().catch((error: unknown) => failures.push(error));
        await attempt(() => verifyDataset(root));
        await attempt(() => listImages([root]));
        await attempt(async () => {
          for await (const { path } of await openDataset(root, { phase: 'test' })) void path;
        });
        if (failures.length > 0) throw failures[0];
        return undefined;
      },
    };
  },
};
