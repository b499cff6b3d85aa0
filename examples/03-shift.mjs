// The same products on another day: geometry, colour, light, blur and noise, drawn for each image.
import { join } from 'node:path';
import { explore, writeShiftedDataset } from 'flawmap';
import { category, folder, paintedData, row, shiftedData } from './workspace.mjs';

const clean = await paintedData();
const shifted = await shiftedData();

const brightnessOf = async (data) => {
  const { categories } = await explore(data, category);
  const [{ brightness }] = categories[0].classes;
  return [brightness.min, brightness.mean, brightness.max];
};
console.log(row('brightness of training images', 'lowest', 'mean', 'highest'));
console.log(row('clean', ...(await brightnessOf(clean))));
console.log(row('shifted', ...(await brightnessOf(shifted))));

// A lamp is one draw for all images, as when a bulb is changed.
const lamp = { preset: 'illumination', severity: 1, seed: 42, lamp: 'monday' };
const out = join(folder, `lamp-${process.pid}`);
const { counts, images, sheet } = await writeShiftedDataset({ data: clean, out, ...lamp });
console.log(`${counts.images} images and ${counts.masks} masks under one lamp:`, images[0].shift);
console.log('before and after:', sheet);
