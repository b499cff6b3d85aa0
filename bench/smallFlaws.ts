/**
 * What tiles are worth where flaws are small: one dark disc on painted carpets of 1024 x 1024 pixels,
 * seen at 224 pixels and in tiles, with the built-in backbone. Writes bench/results/small-flaws.{md,json},
 * the table of docs/large-images.md. Takes minutes:
 *
 *     npm run bench -- smallFlaws
 */
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom, type Random } from '../src/core/random.ts';
import { writeSyntheticDataset } from '../src/data/synthetic/writeSyntheticDataset.ts';
import { decodeImage } from '../src/image/decodeImage.ts';
import { encodeMaskPng, encodePng } from '../src/image/encodeImage.ts';
import type { Mask, RgbImage } from '../src/image/image.ts';
import { evaluate } from '../src/inspection/evaluate.ts';
import { DEFAULT_FIT, fit } from '../src/inspection/fit.ts';

const RESULTS = 'bench/results/small-flaws';
const CATEGORY = 'carpet';
const SIZE = 1024;
const TRAIN = 30;
const GOOD = 20;
const FLAWED = 10;
/** Smallest and largest radius of a disc, pixels */
const RADII = [
  [8, 11],
  [4, 6],
] as const;
const WAYS = [
  { name: 'at 224', options: {} },
  { name: '`--tile 512`', options: { tiling: { tile: 512 } } },
] as const;
/** A disc has this share of the light around it. */
const LIGHT = 0.45;

interface Row {
  readonly radii: readonly [number, number];
  readonly way: string;
  readonly imageAuroc: number | null;
  readonly pixelAuroc: number | null;
  readonly pro: number | null;
  /** Above the threshold, which is the highest score of the images held out */
  readonly found: number;
  readonly falseAlarms: number;
}

/** A copy with one dark disc whose edge is a pixel wide, and the mask of the disc. */
function withDisc(
  image: RgbImage,
  radii: readonly [number, number],
  random: Random,
): { readonly image: RgbImage; readonly mask: Mask } {
  const { width, height } = image;
  const radius = random.uniform(...radii);
  const [x, y] = [random.uniform(64, width - 64), random.uniform(64, height - 64)];
  const data = image.data.slice();
  const mask = { width, height, data: new Uint8Array(width * height) };
  for (let row = Math.floor(y - radius - 1); row <= y + radius + 1; row++) {
    for (let column = Math.floor(x - radius - 1); column <= x + radius + 1; column++) {
      const inside = Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(column - x, row - y)));
      const at = row * width + column;
      if (inside >= 0.5) mask.data[at] = 1;
      for (let channel = 0; channel < 3; channel++) {
        data[3 * at + channel] = Math.round(data[3 * at + channel]! * (1 - inside * (1 - LIGHT)));
      }
    }
  }
  return { image: { width, height, data }, mask };
}

/** Moves the last good test images away and paints a disc onto each. */
async function paintFlaws(folder: string, radii: readonly [number, number]): Promise<void> {
  const random = createRandom('small flaws').fork(String(radii));
  const [good, flawed, masks] = ['test/good', 'test/disc', 'ground_truth/disc'].map((name) =>
    join(folder, CATEGORY, name),
  ) as [string, string, string];
  for (const made of [flawed, masks]) {
    rmSync(made, { recursive: true, force: true });
    mkdirSync(made, { recursive: true });
  }
  const kept = join(folder, CATEGORY, 'to-paint');
  mkdirSync(kept, { recursive: true });
  for (const file of readdirSync(good).sort().slice(FLAWED)) {
    renameSync(join(good, file), join(kept, file));
  }
  for (const file of readdirSync(kept).sort()) {
    const { image, mask } = withDisc(await decodeImage(join(kept, file)), radii, random);
    writeFileSync(join(flawed, file), await encodePng(image));
    writeFileSync(join(masks, file.replace('.png', '_mask.png')), await encodeMaskPng(mask));
  }
}

async function benchSmallFlaws(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'flawmap-bench-'));
  try {
    const data = join(folder, 'data');
    const count = { train: TRAIN, good: GOOD, anomalous: 0 };
    await writeSyntheticDataset({ out: data, size: SIZE, count, categories: [CATEGORY] });
    for (const [i, { options }] of WAYS.entries()) {
      const output = join(folder, `${i}.onnx`);
      await fit({ ...DEFAULT_FIT, ...options, data, category: CATEGORY, output });
    }
    const rows: Row[] = [];
    for (const radii of RADII) {
      await paintFlaws(data, radii);
      for (const [i, { name }] of WAYS.entries()) {
        const model = join(folder, `${i}.onnx`);
        const { image, pixel } = await evaluate({ model, data, category: CATEGORY });
        rows.push({
          radii,
          way: name,
          imageAuroc: image.auroc,
          pixelAuroc: pixel.auroc,
          pro: pixel.pro,
          found: image.confusion.tp,
          falseAlarms: image.confusion.fp,
        });
      }
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function table(rows: readonly Row[]): string {
  const figure = (value: number | null, digits: number) => value?.toFixed(digits) ?? '-';
  const head = [
    '| radius of the disc | seen | image AUROC | pixel AUROC | PRO | found | false alarms |',
    '|---|---|---|---|---|---|---|',
  ];
  const body = rows.map(({ radii, way, imageAuroc, pixelAuroc, pro, found, falseAlarms }) => {
    const figures = [figure(imageAuroc, 2), figure(pixelAuroc, 3), figure(pro, 3)];
    const counts = [`${found} of ${FLAWED}`, `${falseAlarms} of ${GOOD - FLAWED}`];
    return `| ${[`${radii.join(' to ')} pixels`, way, ...figures, ...counts].join(' | ')} |`;
  });
  return [...head, ...body].join('\n');
}

const rows = await benchSmallFlaws();
writeFileSync(`${RESULTS}.json`, `${JSON.stringify(rows, null, 1)}\n`);
writeFileSync(`${RESULTS}.md`, `${table(rows)}\n`);
console.log(table(rows));
