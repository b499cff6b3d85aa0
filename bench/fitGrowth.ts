/**
 * How the time and memory of a fit grow with the number of images: both methods, the built-in
 * backbone and the ResNet-50 of ../shared, on 50 to 800 photographs of bottles. Beyond the 209 that
 * there are, they are the same ones under mild changes of imaging conditions. Each fit runs in a
 * process of its own, so that its peak memory is its own; PatchCore's embeddings of 800 images take
 * 3 GB of disk meanwhile. Writes bench/results/fit-growth.{md,json}.
 *
 *     npm run bench -- fitGrowth [images ...]
 */
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sample } from '../src/data/dataset.ts';
import { openCategory } from '../src/data/openCategory.ts';
import { encodePng } from '../src/image/encodeImage.ts';
import { DEFAULT_FIT, fit, type Method } from '../src/inspection/fit.ts';
import { PRESETS } from '../src/shift/presets.ts';
import { sampleShifter } from '../src/shift/shiftedSample.ts';

const SHARED = process.env.FLAWMAP_SHARED ?? '../shared';
const BACKBONES = {
  filterbank: 'filterbank',
  'ResNet-50': join(SHARED, 'weights/resnet50-v2-imagenet-layers1-3.onnx'),
} as const;
const METHODS: readonly Method[] = ['patchcore', 'padim'];
const COUNTS = [50, 100, 200, 400, 800];
const RESULTS = 'bench/results/fit-growth';

interface Fitted {
  /** The others are held out. */
  readonly learntFrom: number;
  readonly seconds: Readonly<Record<string, number>>;
  readonly peakMegabytes: number;
  readonly modelMegabytes: number;
}

export interface FitGrowthRow extends Fitted {
  readonly method: Method;
  readonly backbone: string;
  readonly images: number;
}

async function fitAlone(method: Method, backbone: string, data: string, output: string) {
  const report = await fit({ ...DEFAULT_FIT, data, category: undefined, method, backbone, output });
  const fitted: Fitted = {
    learntFrom: report.images.training,
    seconds: report.seconds,
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    modelMegabytes: Math.round(report.bytes / 1e6),
  };
  console.log(JSON.stringify(fitted));
}

/** Paths of so many photographs: as they are first, then changed. */
async function photographs(count: number, folder: string): Promise<string[]> {
  const { train } = await openCategory(join(SHARED, 'data/mvtec'), 'bottle');
  const paths: string[] = [];
  for (let place = 0; place < count; place++) {
    const sample = train[place % train.length]!;
    const path = join(folder, `${String(place).padStart(4, '0')}.png`);
    writeFileSync(
      path,
      await encodePng(await photograph(sample, Math.floor(place / train.length))),
    );
    paths.push(path);
  }
  return paths;
}

/** @param round 0: unchanged */
async function photograph(sample: Sample, round: number) {
  const severity = round === 0 ? 0 : 1;
  const shift = sampleShifter({ preset: PRESETS.mild, severity, seed: `growth ${round}` });
  return (await shift(sample)).image;
}

function table(rows: readonly FitGrowthRow[]): string {
  const head = [
    '| method | backbone | images | fit, s | s an image | of it embedding | learning | peak MB | more by image | model MB |',
    '|---|---|---|---|---|---|---|---|---|---|',
  ];
  const body = rows.map((row, i) => {
    const { method, backbone, images, seconds, peakMegabytes, modelMegabytes } = row;
    const total = seconds.total ?? 0;
    const cells = [
      method,
      backbone,
      images,
      total.toFixed(1),
      (total / images).toFixed(3),
      seconds.embed?.toFixed(1),
      seconds.learn?.toFixed(1),
      peakMegabytes,
      growth(rows[i - 1], row),
      modelMegabytes,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [...head, ...body].join('\n');
}

/** Megabytes of peak memory for each image more than in the row before. */
function growth(before: FitGrowthRow | undefined, row: FitGrowthRow): string {
  const same = before?.method === row.method && before.backbone === row.backbone;
  if (before === undefined || !same) return '';
  return ((row.peakMegabytes - before.peakMegabytes) / (row.images - before.images)).toFixed(2);
}

export async function benchFitGrowth(counts = COUNTS): Promise<readonly FitGrowthRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'flawmap-bench-'));
  const rows: FitGrowthRow[] = [];
  try {
    const pool = join(folder, 'pool');
    mkdirSync(pool);
    const paths = await photographs(Math.max(...counts), pool);
    for (const images of counts) {
      const data = join(folder, `bottle ${images}`);
      mkdirSync(data);
      for (const path of paths.slice(0, images)) linkSync(path, path.replace(pool, data));
      for (const method of METHODS) {
        for (const [name, backbone] of Object.entries(BACKBONES)) {
          const self = [
            import.meta.filename,
            'fit',
            method,
            backbone,
            data,
            join(folder, 'model.onnx'),
          ];
          const said = execFileSync(process.execPath, self, {
            encoding: 'utf8',
          });
          rows.push({ method, backbone: name, images, ...(JSON.parse(said) as Fitted) });
        }
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  rows.sort((a, b) => a.method.localeCompare(b.method) || a.backbone.localeCompare(b.backbone));
  writeFileSync(`${RESULTS}.md`, `${table(rows)}\n`);
  writeFileSync(`${RESULTS}.json`, `${JSON.stringify(rows, null, 1)}\n`);
  return rows;
}

if (process.argv[1] === import.meta.filename) {
  const [, , command, method, backbone, data, output] = process.argv;
  if (command === 'fit') await fitAlone(method as Method, backbone!, data!, output!);
  else {
    const asked = process.argv.slice(2).map(Number);
    console.log(table(await benchFitGrowth(asked.length > 0 ? asked : COUNTS)));
  }
}
