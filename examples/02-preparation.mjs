// Which images are fitted on, which set thresholds, which are tested on: drawn once, and kept.
import { join } from 'node:path';
import { openCategory, openSplits } from 'flawmap';
import { category, folder, paintedData, row } from './workspace.mjs';

const painted = await openCategory(await paintedData(), category);

// Defective images of the validation part are drawn from the test images, type by type.
const shares = { seed: 42, validation: 0.2, anomalousValidation: 0.25 };
const file = join(folder, 'splits.json');
const {
  categories: [split],
} = await openSplits(file, [painted], shares);

console.log(row('part', 'normal', 'anomalous'));
for (const part of ['train', 'val', 'test']) {
  const count = (label) => `${split[part].filter((image) => image.label === label).length}`;
  console.log(row(part, count('normal'), count('anomalous')));
}

// No image is in two parts, not even under two names: hashes tell.
const hashes = ['train', 'val', 'test'].flatMap((part) => split[part].map(({ sha256 }) => sha256));
console.log(new Set(hashes).size === hashes.length ? 'all different' : 'the same image twice');

// Opened again, the file is read and compared with the images, never drawn anew.
const again = await openSplits(file, [painted], shares);
console.log(again.categories[0].test.length === split.test.length ? 'as before' : 'changed');
