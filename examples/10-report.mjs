// All of it as one study: scenarios, adaptation with a few pictures, and a report to hand in.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openRun, readResult, runStudy, writeReport } from 'flawmap';
import { folder } from './workspace.mjs';

await mkdir(folder, { recursive: true });
const config = join(folder, 'study.yaml');
await writeFile(
  config,
  `dataset:
  synthetic: { train: 20, good: 6, anomalous: 8, size: 128 }
  categories: [carpet]
experiments:
  methods: [patchcore]
  ladder: { lamps: 2, pictures: [1, 3], draws: 20 }
outputs: { report: [] }
cache: { folder: cache }
`,
);
const { out } = await runStudy({ config, out: join(folder, 'run') });

// Everything a report says follows from this document.
const result = await readResult(join(out, 'result.json'));
const [clean] = result.experiments.clean;
const [shifted] = result.experiments.shift_no_adaptation;
console.log('clean AUROC', clean.metrics.image_auroc.value.toFixed(3));
console.log('shifted AUROC', shifted.metrics.image_auroc.value.toFixed(3));
for (const { pictures, strategy, metrics } of result.experiments.adaptation_ladder[0].rungs) {
  const { value, interval } = metrics.specificity;
  const range = `${interval.low.toFixed(2)} to ${interval.high.toFixed(2)}`;
  console.log(`${pictures} pictures, ${strategy}: specificity ${value.toFixed(2)} (${range})`);
}

const report = await writeReport(await openRun(out), { formats: ['html', 'tables'] });
console.log(`${report.files.length} files in ${report.folder}; open report.html`);
