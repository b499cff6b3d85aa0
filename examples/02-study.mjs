// What does a change of light cost, and what repairs it? A study of one product, as a library call.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runStudy } from 'flawmap';

const folder = join(tmpdir(), `flawmap-example-${process.pid}`);
try {
  await mkdir(folder);
  const config = join(folder, 'study.yaml');
  await writeFile(
    config,
    `dataset:
  synthetic: { train: 20, good: 6, anomalous: 8, size: 128 }
  categories: [carpet]
experiments:
  methods: [patchcore]
  ladder: { lamps: 2, pictures: [1, 3], draws: 20 }
cache: { folder: cache }
`,
  );
  const { result } = await runStudy({ config, out: join(folder, 'run') });
  const [clean] = result.experiments.clean;
  const [shifted] = result.experiments.shift_no_adaptation;
  console.log('clean AUROC', clean.metrics.image_auroc.value.toFixed(3));
  console.log('shifted AUROC', shifted.metrics.image_auroc.value.toFixed(3));
  for (const { pictures, strategy, metrics } of result.experiments.adaptation_ladder[0].rungs) {
    const { value, interval } = metrics.specificity;
    const range = `${interval.low.toFixed(2)} to ${interval.high.toFixed(2)}`;
    console.log(`${pictures} pictures, ${strategy}: specificity ${value.toFixed(2)} (${range})`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
