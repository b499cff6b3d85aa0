/**
 * What the inspector page and Node.js make of the same JPEG: browsers decode by a decoder of their
 * own. Photographs of ../shared are encoded at several qualities, decoded by the page's own code in
 * Chromium and by `decodeImageBytes`, and both judged in Node.js, so that the decoders are all that
 * differs. Writes bench/results/jpeg-decoders.md.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { build } from 'rolldown';
import sharp from 'sharp';
import { decodeImageBytes } from '../src/image/decodeImage.ts';
import type { RgbImage } from '../src/image/image.ts';
import { DEFAULT_FIT, fit } from '../src/inspection/fit.ts';
import { load } from '../src/inspection/load.ts';
import { quantile } from '../src/stats/percentileInterval.ts';

const SHARED = process.env.FLAWMAP_SHARED ?? '../shared';
const DATA = resolve(SHARED, 'data/mvtec');
const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const RESNET = join(SHARED, 'weights/resnet50-v2-imagenet-layers1-3.onnx');
const BACKBONES = { filterbank: 'filterbank', 'ResNet-50': RESNET };
const CATEGORIES = ['bottle', 'hazelnut', 'zipper'];
const TRAINED_ON = 30;
/** Of each kind of test image. */
const PHOTOGRAPHS = 3;
const QUALITIES = [50, 75, 90, 95];
const SUBSAMPLINGS = ['4:2:0', '4:4:4'] as const;
const RESULTS = 'bench/results/jpeg-decoders.md';

interface Encoded {
  readonly category: string;
  readonly subsampling: string;
  readonly node: RgbImage;
  readonly browser: RgbImage;
}

interface Difference {
  readonly subsampling: string;
  /** Of the score, relative. */
  readonly score: number;
  /** Whether the verdict differs. */
  readonly others: boolean;
}

const first = (folder: string, count: number): string[] =>
  readdirSync(folder)
    .sort()
    .slice(0, count)
    .map((name) => join(folder, name));

/** `decodePhoto` of the page, as base64 of its pixels. */
async function decoderInPage(page: Page): Promise<(jpeg: Buffer) => Promise<Uint8Array>> {
  const input = resolve('web/worker/decodePhoto.ts');
  const { output } = await build({ input, write: false, logLevel: 'warn' });
  const module = Buffer.from(output[0].code).toString('base64');
  await page.goto('about:blank');
  await page.evaluate(`(async () => {
    const { decodePhoto } = await import('data:text/javascript;base64,${module}');
    self.decode = async (jpeg) => {
      const bytes = Uint8Array.from(atob(jpeg), (character) => character.charCodeAt(0));
      const { data } = await decodePhoto(new Blob([bytes], { type: 'image/jpeg' }), 'photograph');
      let text = '';
      for (const value of data) text += String.fromCharCode(value);
      return btoa(text);
    };
  })()`);
  return async (jpeg) => {
    const text = await page.evaluate(`decode('${jpeg.toString('base64')}')`);
    return Buffer.from(text as string, 'base64');
  };
}

async function encodings(page: Page): Promise<Encoded[]> {
  const decode = await decoderInPage(page);
  const all: Encoded[] = [];
  for (const category of CATEGORIES) {
    const test = join(DATA, category, 'test');
    for (const path of readdirSync(test).flatMap((kind) => first(join(test, kind), PHOTOGRAPHS))) {
      for (const quality of QUALITIES) {
        for (const subsampling of SUBSAMPLINGS) {
          const options = { quality, chromaSubsampling: subsampling };
          const jpeg = await sharp(path).jpeg(options).toBuffer();
          const node = await decodeImageBytes(jpeg, path);
          const browser = { ...node, data: await decode(jpeg) };
          all.push({ category, subsampling, node, browser });
        }
      }
    }
  }
  return all;
}

async function differences(
  all: readonly Encoded[],
  backbone: string,
  folder: string,
): Promise<Difference[]> {
  const found: Difference[] = [];
  for (const category of CATEGORIES) {
    const [apart, alike] = [[], []] as [Encoded[], Encoded[]];
    for (const one of all.filter(({ category: of }) => of === category)) {
      (levelsApart(one).differing > 0 ? apart : alike).push(one);
    }
    // The same pixels have the same score.
    for (const { subsampling } of alike) found.push({ subsampling, score: 0, others: false });
    if (apart.length === 0) continue;
    const output = join(folder, 'model.onnx');
    await fit({
      ...DEFAULT_FIT,
      data: join(folder, category),
      category: undefined,
      backbone,
      output,
    });
    await using inspector = await load(output);
    for (const { subsampling, node, browser } of apart) {
      const [here, there] = [await inspector.inspect(node), await inspector.inspect(browser)];
      const score = Math.abs(there.score - here.score) / here.score;
      found.push({ subsampling, score, others: here.verdict !== there.verdict });
    }
  }
  return found;
}

function row(backbone: string, subsampling: string, all: readonly Difference[]): string {
  const of = all.filter((one) => one.subsampling === subsampling);
  const scores = Float64Array.from(of, ({ score }) => score).sort();
  const percent = (value: number) => `${(100 * value).toFixed(3)}%`;
  const figures = [0.5, 0.95, 1].map((share) => percent(quantile(scores, share)));
  const others = of.filter((one) => one.others).length;
  return `| ${[backbone, subsampling, of.length, ...figures, others].join(' | ')} |`;
}

/** How far the pixels are apart: values that differ, and the largest difference in levels. */
function levelsApart({ node, browser }: Encoded): { differing: number; largest: number } {
  let [differing, largest] = [0, 0];
  node.data.forEach((value, i) => {
    const apart = Math.abs(value - browser.data[i]!);
    if (apart > 0) differing++;
    largest = Math.max(largest, apart);
  });
  return { differing, largest };
}

function pixelRow(subsampling: string, all: readonly Encoded[]): string {
  const of = all.filter((one) => one.subsampling === subsampling);
  const apart = of.map(levelsApart);
  const images = apart.filter(({ differing }) => differing > 0).length;
  const values = apart.reduce((sum, { differing }) => sum + differing, 0);
  const total = of.reduce((sum, { node }) => sum + node.data.length, 0);
  const largest = Math.max(...apart.map((one) => one.largest));
  const share = `${((100 * values) / total).toFixed(2)}%`;
  return `| ${[subsampling, of.length, images, share, largest].join(' | ')} |`;
}

const folder = mkdtempSync(join(tmpdir(), 'flawmap-bench-'));
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
try {
  for (const category of CATEGORIES) {
    mkdirSync(join(folder, category, 'train/good'), { recursive: true });
    for (const path of first(join(DATA, category, 'train/good'), TRAINED_ON)) {
      symlinkSync(path, join(folder, category, 'train/good', path.split('/').at(-1)!));
    }
  }
  const all = await encodings(await browser.newPage());
  const rows: string[] = [];
  for (const [name, backbone] of Object.entries(BACKBONES)) {
    const found = await differences(all, backbone, folder);
    for (const subsampling of SUBSAMPLINGS) rows.push(row(name, subsampling, found));
  }
  const text = [
    '# One JPEG, two decoders',
    '`npm run bench -- jpegDecoders`: photographs of bottles, hazelnuts and zippers as JPEGs of quality',
    `${QUALITIES.join(', ')}, decoded by the inspector page in Chromium ${browser.version()} and by Node.js,`,
    'both judged in Node.js. Relative differences of the score:',
    '',
    '| backbone | subsampling | JPEGs | median | 95% below | largest | other verdict |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    '',
    'The decoded pixels:',
    '',
    '| subsampling | JPEGs | of them differ | values that differ | largest, levels |',
    '|---|---|---|---|---|',
    ...SUBSAMPLINGS.map((subsampling) => pixelRow(subsampling, all)),
    '',
  ].join('\n');
  writeFileSync(RESULTS, text);
  console.log(text);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
