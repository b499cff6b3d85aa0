/**
 * The README's table: default options on the real photographs of ../shared, with its ResNet-50 and
 * with the built-in backbone. Each fit runs in a process of its own, so that its peak memory is its
 * own. Writes bench/results/shared-accuracy.{md,json}.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openInspector } from '../src/detector/inspector/inspector.ts';
import { decodeImage } from '../src/image/decodeImage.ts';
import { evaluate } from '../src/inspection/evaluate.ts';
import type { Evaluation } from '../src/inspection/evaluation/evaluation.ts';
import { DEFAULT_FIT, fit } from '../src/inspection/fit.ts';

const SHARED = process.env.FLAWMAP_SHARED ?? '../shared';
const DATA = join(SHARED, 'data/mvtec');
const BACKBONES = [join(SHARED, 'weights/resnet50-v2-imagenet-layers1-3.onnx'), 'filterbank'];
const CATEGORIES = ['bottle', 'hazelnut', 'zipper'];
const RESULTS = 'bench/results/shared-accuracy';

interface Fitted {
  readonly seconds: number;
  readonly peakMegabytes: number;
}

interface Row {
  readonly category: string;
  readonly backbone: string;
  readonly fit: Fitted;
  readonly image: Evaluation['image'];
  readonly pixel: Evaluation['pixel'];
  readonly timing: Evaluation['timing'];
  /** Median milliseconds of the whole graph in one session, decoding aside. */
  readonly inspectMilliseconds: number;
}

async function fitAlone(category: string, backbone: string, output: string): Promise<void> {
  const report = await fit({ ...DEFAULT_FIT, data: DATA, category, backbone, output });
  const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(JSON.stringify({ seconds: report.seconds.total, peakMegabytes }));
}

async function measure(category: string, backbone: string, folder: string): Promise<Row> {
  const model = join(folder, 'model.onnx');
  const self = [import.meta.filename, 'fit', category, backbone, model];
  const fitted = JSON.parse(execFileSync(process.execPath, self, { encoding: 'utf8' })) as Fitted;
  const { image, pixel, timing, images } = await evaluate({ model, data: DATA, category });
  await using inspector = await openInspector(model);
  const times: number[] = [];
  for (const { id } of images) {
    const photograph = await decodeImage(join(DATA, category, id));
    const start = performance.now();
    await inspector.inspect(photograph);
    times.push(performance.now() - start);
  }
  const inspectMilliseconds = times.sort((a, b) => a - b)[times.length >> 1]!;
  const name = backbone === 'filterbank' ? backbone : 'ResNet-50';
  return { category, backbone: name, fit: fitted, image, pixel, timing, inspectMilliseconds };
}

const cell = (value: number | null, digits: number) =>
  value === null ? '-' : value.toFixed(digits);

function table(rows: readonly Row[]): string {
  const head = [
    '| category | backbone | image AUROC | pixel AUROC | PRO | fit, s | fit, peak MB | ms an image (decoding aside) | of it the backbone | ratio |',
    '|---|---|---|---|---|---|---|---|---|---|',
  ];
  const body = rows.map(({ category, backbone, fit: fitted, image, pixel, timing, ...row }) => {
    const own = timing.backbone.p50;
    const cells = [
      category,
      backbone,
      cell(image.auroc, 3),
      cell(pixel.auroc, 3),
      cell(pixel.pro, 3),
      fitted.seconds.toFixed(0),
      String(fitted.peakMegabytes),
      row.inspectMilliseconds.toFixed(0),
      own.toFixed(0),
      (row.inspectMilliseconds / own).toFixed(2),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [...head, ...body].join('\n');
}

if (process.argv[2] === 'fit') {
  const [, , , category, backbone, output] = process.argv;
  await fitAlone(category!, backbone!, output!);
} else {
  const folder = mkdtempSync(join(tmpdir(), 'flawmap-bench-'));
  const rows: Row[] = [];
  try {
    for (const category of CATEGORIES) {
      for (const backbone of BACKBONES) rows.push(await measure(category, backbone, folder));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  writeFileSync(`${RESULTS}.md`, `${table(rows)}\n`);
  writeFileSync(`${RESULTS}.json`, `${JSON.stringify(rows, null, 1)}\n`);
  console.log(table(rows));
}
