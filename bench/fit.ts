/**
 * `flawmap fit` from start to end on photographs of full size: 391 painted hazelnuts of 1024 x 1024
 * pixels, the number and size of MVTec AD's, with the built-in backbone and the ResNet-50 of
 * ../shared. Each fit runs in a process of its own, so that its time and memory are its own. The
 * images (760 MB) are painted once, in minutes, and stay in the system's folder of temporary files.
 * Writes bench/results/fit.{md,json}; how time and memory grow is measured by fitGrowth.
 *
 *     npm run bench -- fit
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSyntheticDataset } from '../src/data/synthetic/writeSyntheticDataset.ts';
import { DEFAULT_FIT, fit } from '../src/inspection/fit.ts';

const SHARED = process.env.FLAWMAP_SHARED ?? '../shared';
const BACKBONES = {
  filterbank: 'filterbank',
  'ResNet-50': join(SHARED, 'weights/resnet50-v2-imagenet-layers1-3.onnx'),
} as const;
const CATEGORY = 'hazelnut';
const IMAGES = 391;
const SIZE = 1024;
const DATA = join(tmpdir(), `flawmap-bench-${CATEGORY}-${SIZE}-${IMAGES}`);
const RESULTS = 'bench/results/fit';

interface Fitted {
  /** From the start of the process. */
  readonly wallSeconds: number;
  /** Of all cores, over the whole time, 0 to 1. */
  readonly busy: number;
  readonly peakMegabytes: number;
  readonly seconds: Readonly<Record<string, number>>;
}

export interface FitRow extends Fitted {
  readonly backbone: string;
  readonly images: number;
}

export async function benchFit(): Promise<readonly FitRow[]> {
  if (!existsSync(DATA)) {
    const count = { train: IMAGES, good: 0, anomalous: 0 };
    await writeSyntheticDataset({ out: DATA, size: SIZE, count, categories: [CATEGORY] });
  }
  const folder = mkdtempSync(join(tmpdir(), 'flawmap-bench-'));
  try {
    const rows = Object.entries(BACKBONES).map(([name, backbone]): FitRow => {
      const self = [import.meta.filename, 'alone', backbone, join(folder, 'model.onnx')];
      const said = execFileSync(process.execPath, self, {
        encoding: 'utf8',
      });
      return { backbone: name, images: IMAGES, ...(JSON.parse(said) as Fitted) };
    });
    writeFileSync(`${RESULTS}.md`, `${table(rows)}\n`);
    writeFileSync(`${RESULTS}.json`, `${JSON.stringify(rows, null, 1)}\n`);
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fitAlone(backbone: string, output: string): Promise<void> {
  const { seconds } = await fit({
    ...DEFAULT_FIT,
    data: DATA,
    category: CATEGORY,
    backbone,
    output,
  });
  const wallSeconds = performance.now() / 1000;
  const { user, system } = process.cpuUsage();
  const fitted: Fitted = {
    wallSeconds,
    busy: (user + system) / 1e6 / wallSeconds / availableParallelism(),
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    seconds,
  };
  console.log(JSON.stringify(fitted));
}

const PARTS = ['embed', 'learn', 'calibrate', 'write'];

function table(rows: readonly FitRow[]): string {
  const head = [
    `| backbone | images of ${SIZE} x ${SIZE} | fit, s | cores busy | peak MB | ${PARTS.map((part) => `${part}, s`).join(' | ')} |`,
    `|---|---|---|---|---|${'---|'.repeat(PARTS.length)}`,
  ];
  const body = rows.map(({ backbone, images, wallSeconds, busy, peakMegabytes, seconds }) => {
    const parts = PARTS.map((part) => (seconds[part] ?? 0).toFixed(1));
    const share = `${(100 * busy).toFixed(0)}%`;
    const cells = [backbone, images, wallSeconds.toFixed(1), share, peakMegabytes, ...parts];
    return `| ${cells.join(' | ')} |`;
  });
  return [...head, ...body].join('\n');
}

if (process.argv[1] === import.meta.filename) {
  const [, , command, backbone, output] = process.argv;
  if (command === 'alone') await fitAlone(backbone!, output!);
  else console.log(table(await benchFit()));
}
