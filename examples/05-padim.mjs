// PaDiM learns a Gaussian for each place of the image instead of a bank.
import { join } from 'node:path';
import { DEFAULT_FIT, fit, load } from 'flawmap';
import { category, fitted, folder, paintedData } from './workspace.mjs';

const data = await paintedData();
const output = join(folder, 'padim-few-channels.onnx');
const options = { ...DEFAULT_FIT, method: 'padim', channels: 40 };
const report = await fit({ ...options, data, category, output });
console.log(`${report.learnt.dimension} channels at each place, ${report.bytes} bytes`);

const inspector = await load(await fitted('padim'));
for (const name of ['good/000.png', 'print/000.png']) {
  const { verdict, score, map } = await inspector.inspect(join(data, category, 'test', name));
  const peak = map.data.reduce((highest, value) => Math.max(highest, value));
  console.log(`${name}: ${verdict}, score ${score.toFixed(2)}, peak of the map ${peak.toFixed(2)}`);
}
await inspector.close();
