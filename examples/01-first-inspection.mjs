// Learn a product from good images, measure the detector, look at one image: the main job.
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_FIT, evaluate, fit, predict, writeSyntheticDataset } from 'flawmap';

const folder = join(tmpdir(), `flawmap-example-${process.pid}`);
try {
  const data = join(folder, 'data');
  const counts = { train: 20, good: 6, anomalous: 8 };
  await writeSyntheticDataset({ out: data, categories: ['hazelnut'], count: counts });

  const model = join(folder, 'hazelnut.onnx');
  const report = await fit({ ...DEFAULT_FIT, data, category: 'hazelnut', output: model });
  console.log(`${report.learnt.rows} bank rows from ${report.images.training} images`);

  const { image, pixel } = await evaluate({ model, data, category: 'hazelnut' });
  console.log(`image AUROC ${image.auroc.toFixed(3)}, pixel AUROC ${pixel.auroc.toFixed(3)}`);

  const paths = [join(data, 'hazelnut', 'test', 'print', '000.png')];
  for await (const { score, threshold, verdict, boxes } of predict({ model, paths })) {
    console.log(`score ${score.toFixed(2)}, threshold ${threshold.toFixed(2)}: ${verdict}`, boxes);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
