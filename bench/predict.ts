/**
 * Judging photographs: an image beside brute force and beside the backbone alone, the first result
 * of a process, and folders, on real photographs with the ResNet-50 of ../shared. Run by
 * `npm run bench`, or alone: npm run bench -- predict [FOLDER], which keeps the models there.
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBackbone } from '../src/backbone/openBackbone.ts';
import { canStartAnew, hugePagesVariable } from '../src/core/hugePages.ts';
import { DEFAULT_MAP } from '../src/detector/anomalyMap.ts';
import { buildInspector } from '../src/detector/inspector/buildInspector.ts';
import { imageTensor, readInspectorMetadata } from '../src/detector/inspector/inspector.ts';
import { squaredNorms } from '../src/detector/patchcore/memoryBank.ts';
import { patchcoreHead } from '../src/detector/patchcore/patchcore.ts';
import { decodeImage } from '../src/image/decodeImage.ts';
import type { RgbImage } from '../src/image/image.ts';
import { DEFAULT_FIT, fit } from '../src/inspection/fit.ts';
import { float32, type Tensor } from '../src/tensor/elementType.ts';
import { createGraph } from '../src/tensor/graph.ts';
import { decodeModel, encodeModel, floatsOf } from '../src/tensor/onnx/protoParts.ts';
import { openSession, type Session, type SessionOptions } from '../src/tensor/session/session.ts';
import { alternately, type Comparison, comparisonTable } from './support/comparison.ts';
import { matmulPeak } from './support/matmulPeak.ts';

const SHARED = process.env.FLAWMAP_SHARED ?? '../shared';
export const DATA = join(SHARED, 'data/mvtec');
const CLI = join(import.meta.dirname, '../src/cli/main.js');
const PHOTOGRAPHS = join(DATA, 'bottle/train/good');
export const RESNET = join(SHARED, 'weights/resnet50-v2-imagenet-layers1-3.onnx');
/** Patches of the 167 images that `fit` learns from. */
export const PATCHES = 167 * 784;
const ROWS = [12_230, 30_000];
const ROUNDS = 15;
const FOLDER = 60;
/** Of first results. */
const RUNS = 9;

/** @param keep where models stay, or are already; undefined: nowhere */
export async function benchPredict(keep?: string): Promise<Comparison[]> {
  const folder = keep ?? mkdtempSync(join(tmpdir(), 'flawmap-bench-'));
  try {
    const paths = readdirSync(PHOTOGRAPHS).map((file) => join(PHOTOGRAPHS, file));
    const image = await decodeImage(paths[0]!);
    const peak = await matmulPeak();
    const rows: Comparison[] = [];
    for (const count of ROWS) {
      const model = join(folder, `${count}.onnx`);
      await learn(model, { coreset: count / PATCHES });
      rows.push(await oneImage(model, image, peak));
      if (count === ROWS[0]) {
        rows.push(...(await firstResults(model, paths[0]!)), await wholeFolder(model, paths));
      }
    }
    const padim = join(folder, 'padim.onnx');
    await learn(padim, { method: 'padim' });
    rows.push(await gaussians(padim, image), await backbones());
    return rows;
  } finally {
    if (keep === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

async function learn(output: string, options: { coreset?: number; method?: 'padim' }) {
  if (existsSync(output)) return;
  const data = { data: DATA, category: 'bottle', backbone: RESNET };
  await fit({ ...DEFAULT_FIT, ...data, ...options, output });
}

async function oneImage(model: string, image: RgbImage, peak: number): Promise<Comparison> {
  await using ours = await openSession(model);
  await using plain = await bruteForce(model);
  await using backbone = await backboneAlone(RESNET, ['layer2', 'layer3']);
  const feeds = { image: imageTensor(image) };
  const [own, brute, limit] = await alternately(
    [() => ours.run(feeds), () => plain.run(feeds), () => backbone.run(GREY)],
    ROUNDS,
  );
  const { detector } = await readInspectorMetadata(model);
  const rows = detector.method === 'patchcore' ? detector.bank.rows : 0;
  const comparing = (2 * 784 * rows * 1536) / peak / 1e6;
  return {
    what: `one image, ${rows} bank rows of 1536`,
    unit: 'ms',
    ours: own!,
    plain: brute!,
    limit: limit!,
    note: `brute force; the backbone alone (all comparisons at MatMul's peak: ${comparing.toFixed(0)} ms)`,
  };
}

const GREY = { image: float32(new Float32Array(3 * 224 * 224).fill(128), [1, 3, 224, 224]) };

export async function backboneAlone(
  name: string,
  layers?: readonly string[],
  options: SessionOptions = {},
): Promise<Session> {
  const graph = createGraph('backbone');
  const image = graph.input('image', 'float32', [1, 3, 224, 224]);
  const backbone = await openBackbone(name);
  const features = await backbone.build(image, layers ?? backbone.defaultLayers);
  features.forEach((feature, i) => {
    graph.output(`layer_${i}`, feature);
  });
  return openSession(encodeModel(graph.toModel()), options);
}

/** The same bank in the same place, every patch compared with every row. */
export async function bruteForce(model: string, options: SessionOptions = {}): Promise<Session> {
  const { graph } = decodeModel(await readFile(model), model);
  const stored = (name: string) =>
    floatsOf(graph!.initializer.find((tensor) => tensor.name === `search/${name}`)!)!;
  const { embedding, backbone, preprocessing } = await readInspectorMetadata(model);
  const { dimension } = embedding;
  const rows = stored('bank');
  const norms = squaredNorms(rows, dimension);
  const offset = stored('offset');
  const head = patchcoreHead(
    { plan: { kind: 'brute' }, pruning: null, rows, norms, dimension, offset, scale: null },
    { score: DEFAULT_FIT.score, map: DEFAULT_MAP },
  );
  const spec = {
    backbone: await openBackbone(RESNET),
    layers: backbone.layers,
    embedding: 'concat' as const,
    preprocessing,
  };
  return openSession(encodeModel((await buildInspector(spec, head)).model), options);
}

/** Runs `flawmap predict`; milliseconds from its start to each line with a verdict. */
function predictProcess(
  model: string,
  paths: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<number[]> {
  const start = performance.now();
  const child = spawn(process.execPath, [CLI, 'predict', model, ...paths, '--quiet'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  });
  const times: number[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    for (const _ of text.matchAll(/\.png/g)) times.push(performance.now() - start);
  });
  return new Promise((resolve) => child.once('close', () => resolve(times)));
}

/**
 * Where Linux gives memory in huge pages, a command asks for them, or finds the variable that does where
 * Node.js is too old for that. The limit is what the machine takes to bring the model's bytes into a
 * fresh process.
 */
async function firstResults(model: string, path: string): Promise<Comparison[]> {
  const small = { GLIBC_TUNABLES: '' };
  const huge = canStartAnew() ? {} : hugePagesVariable();
  const script = `require('node:fs').readFileSync(${JSON.stringify(model)})`;
  const seconds = { small: [] as number[], huge: [] as number[], reading: [] as number[] };
  const first = async (environment: NodeJS.ProcessEnv) =>
    (await predictProcess(model, [path], environment))[0]! / 1000;
  for (let run = 0; run < RUNS; run++) {
    seconds.small.push(await first(small));
    seconds.huge.push(await first(huge));
    const start = performance.now();
    execFileSync(process.execPath, ['-e', script]);
    seconds.reading.push((performance.now() - start) / 1000);
  }
  const median = (times: number[]) => times.sort((a, b) => a - b)[RUNS >> 1]!;
  const what = `first result of a process, ${ROWS[0]} rows`;
  const rest = {
    unit: 's' as const,
    plain: null,
    limit: median(seconds.reading),
    note: 'from starting `flawmap predict` to its line; a process that only reads the file',
  };
  return [
    { what, ours: median(seconds.small), ...rest },
    { what: `${what}, huge pages`, ours: median(seconds.huge), ...rest },
  ];
}

async function wholeFolder(model: string, all: readonly string[]): Promise<Comparison> {
  const paths = all.slice(0, FOLDER);
  await using session = await openSession(model);
  const images = await Promise.all(paths.map((path) => decodeImage(path)));
  const run = (image: RgbImage): Promise<Record<string, Tensor>> =>
    session.run({ image: imageTensor(image) });
  let streamed = 0;
  const [, oneByOne, decodedBefore] = await alternately(
    [
      async () => {
        const times = await predictProcess(model, paths);
        streamed = (times.at(-1)! - times[0]!) / (times.length - 1);
      },
      async () => {
        for (const path of paths) await run(await decodeImage(path));
      },
      async () => {
        for (const image of images) await run(image);
      },
    ],
    3,
  );
  const perSecond = (milliseconds: number) => (1000 * FOLDER) / milliseconds;
  return {
    what: `a folder of ${FOLDER} images, ${ROWS[0]} rows`,
    unit: 'images/s',
    ours: 1000 / streamed,
    plain: perSecond(oneByOne!),
    limit: perSecond(decodedBefore!),
    note: 'decode, then run; decoding is free',
  };
}

async function gaussians(model: string, image: RgbImage): Promise<Comparison> {
  await using ours = await openSession(model);
  await using backbone = await backboneAlone(RESNET, ['layer1', 'layer2', 'layer3']);
  const feeds = { image: imageTensor(image) };
  const [own, limit] = await alternately([() => ours.run(feeds), () => backbone.run(GREY)], ROUNDS);
  return {
    what: 'one image, PaDiM',
    unit: 'ms',
    ours: own!,
    plain: null,
    limit: limit!,
    note: '-; the backbone alone',
  };
}

async function backbones(): Promise<Comparison> {
  await using own = await backboneAlone('filterbank');
  await using resnet = await backboneAlone(RESNET);
  const [ours, plain] = await alternately(
    [() => own.run(GREY), () => resnet.run(GREY)],
    3 * ROUNDS,
  );
  return {
    what: 'the built-in backbone, one image',
    unit: 'ms',
    ours: ours!,
    plain: plain!,
    limit: null,
    note: 'ResNet-50 to its third stage; -',
  };
}

if (process.argv[1] === import.meta.filename) {
  console.log(comparisonTable(await benchPredict(process.argv[2])));
}
