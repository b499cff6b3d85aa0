// What is in the data? Counts, sizes, brightness, defects, and a contact sheet to look at.
import { join } from 'node:path';
import { explore, openDataset, verifyDataset, writeExploration } from 'flawmap';
import { category, folder, paintedData, row } from './workspace.mjs';

const data = await paintedData();

const exploration = await explore(data, category);
const [{ images, sizes, classes }] = exploration.categories;
console.log(`${images} images, most of ${sizes[0].width} x ${sizes[0].height} pixels`);
console.log(row('class', 'images', 'brightness', 'contrast', 'defect area'));
for (const { phase, defectType, images, brightness, contrast, masks } of classes) {
  const area = masks?.areaShare?.mean;
  console.log(
    row(`${phase}/${defectType}`, `${images}`, brightness?.mean, contrast?.mean, area ?? '-'),
  );
}

// The images themselves, one after the other, with their masks.
const test = await openDataset(data, { phase: 'test', category });
for await (const { image, mask, label, defectType } of test) {
  if (label === 'normal') continue;
  const marked = mask.data.reduce((sum, value) => sum + value, 0);
  console.log(`the first defect: ${defectType}, ${marked} of ${image.width * image.height} pixels`);
  break;
}

const { ok, problems } = await verifyDataset(data);
console.log(ok ? 'no errors in the data' : problems);

const out = join(folder, 'exploration');
const { sheets } = await writeExploration(exploration, { data, category, out });
console.log('look at', sheets);
