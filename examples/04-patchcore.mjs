// PatchCore learns a product from good images: a bank of patches, in one ONNX file.
import { join } from 'node:path';
import { DEFAULT_FIT, fit, load } from 'flawmap';
import { category, fitted, folder, paintedData } from './workspace.mjs';

const data = await paintedData();
const output = join(folder, 'patchcore-larger-bank.onnx');
const report = await fit({ ...DEFAULT_FIT, data, category, output, coreset: 0.1 });
console.log(`${report.learnt.rows} bank rows of ${report.learnt.dimension} numbers`);
console.log(
  `from ${report.images.training} images; threshold ${report.threshold.threshold.toFixed(3)}`,
);

// One session for as many photographs as there are.
const inspector = await load(await fitted('patchcore'));
console.log(inspector.metadata.calibration.statement);
for (const name of ['good/000.png', 'print/000.png']) {
  const found = await inspector.inspect(join(data, category, 'test', name));
  console.log(`${name}: ${found.verdict}. ${found.reason}`, found.boxes);
}
await inspector.close();
