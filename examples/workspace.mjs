// What several examples need, each made once: painted photographs, the same under another lamp, and
// models. Whatever is missing is made, so that each example also runs alone.
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_FIT, fit, writeShiftedDataset, writeSyntheticDataset } from 'flawmap';

export const folder = process.env.FLAWMAP_EXAMPLES ?? join(tmpdir(), 'flawmap-examples');
export const category = 'hazelnut';

/** A folder in the layout of MVTec AD. */
export async function paintedData() {
  const out = join(folder, 'data');
  const count = { train: 20, good: 6, anomalous: 8 };
  if (!existsSync(out)) await writeSyntheticDataset({ out, categories: [category], count });
  return out;
}

/** The same images, each under a random change of conditions. */
export async function shiftedData() {
  const out = join(folder, 'shifted');
  const options = { data: await paintedData(), out, preset: 'seed', severity: 1, seed: 42 };
  if (!existsSync(out)) await writeShiftedDataset(options);
  return out;
}

/** The file of a model of one method, fitted on painted or on shifted data. */
export async function fitted(method, conditions = 'clean') {
  const output = join(folder, `${method}-${conditions}.onnx`);
  const data = conditions === 'clean' ? await paintedData() : await shiftedData();
  if (!existsSync(output)) await fit({ ...DEFAULT_FIT, method, data, category, output });
  return output;
}

/** A line of a table: numbers with three digits, what cannot be computed as a dash. */
export const row = (name, ...cells) =>
  [name.padEnd(36), ...cells.map((cell) => numberText(cell).padStart(12))].join('');

const numberText = (cell) => (typeof cell === 'number' ? cell.toFixed(3) : (cell ?? '-'));
