/**
 * The same graphs on the processor and on a graphics card, taken in turn: the time of an image, and how
 * far apart the results are. Real photographs, half of them flawed ones, with the ResNet-50 of
 * ../shared. Writes bench/results/devices.{md,json}:
 *
 *     npm run bench -- devices [FOLDER]
 *
 * FOLDER keeps the models, or has them already. Each case runs in a process of its own, because a driver
 * may take its process along.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../src/core/random.ts';
import { type Inspection, imageTensor, inspectionOf } from '../src/detector/inspector/inspector.ts';
import { decodeImage } from '../src/image/decodeImage.ts';
import { DEFAULT_FIT, type FitOptions, fit } from '../src/inspection/fit.ts';
import { asFloat32, float32, type Tensor } from '../src/tensor/elementType.ts';
import { chooseDevice } from '../src/tensor/session/chooseDevice.ts';
import { type Device, setSessionDevice } from '../src/tensor/session/device.ts';
import { openSession, runtimeInfo, type Session } from '../src/tensor/session/session.ts';
import { backboneAlone, bruteForce, DATA, PATCHES, RESNET } from './predict.ts';

const RESULTS = 'bench/results/devices';
const TEST = join(DATA, 'bottle/test');
/** Photographs of each folder of the test set. */
const OF_EACH = 4;
const BACKBONE_ROUNDS = 30;

interface Measured {
  readonly unit: 'ms' | 's';
  readonly cpu: number;
  readonly card: number;
  /** Largest difference of a score (of a feature, for backbones), relative to the score (the largest feature). */
  readonly score: number;
  /** Largest difference of a map, relative to the largest value of that map. */
  readonly map: number | null;
}

interface Row {
  readonly what: string;
  /** Null where the process did not live through it. */
  readonly measured: Measured | null;
}

interface Place {
  readonly folder: string;
  readonly card: Device;
}

interface Case {
  readonly what: string;
  measure(place: Place): Promise<Measured>;
}

const patchcore = (rows: number): Partial<FitOptions> => ({ coreset: rows / PATCHES });
const BUILT_IN = { backbone: 'filterbank' };

const CASES: Readonly<Record<string, Case>> = {
  resnet: {
    what: 'ResNet-50 to its third stage',
    measure: (place) => ofBackbone(RESNET, ['layer2', 'layer3'], place),
  },
  filterbank: {
    what: 'the built-in backbone',
    measure: (place) => ofBackbone('filterbank', undefined, place),
  },
  builtIn: {
    what: 'PatchCore, the built-in backbone, 6546 rows of 207',
    measure: async (place) => ofModel(await learnt('built-in', BUILT_IN, place), place),
  },
  ...Object.fromEntries(
    [12_230, 30_000].flatMap((rows): [string, Case][] => [
      [
        `patchcore${rows}`,
        {
          what: `PatchCore, ResNet-50, ${rows} rows of 1536`,
          measure: async (place) => ofModel(await learnt(`${rows}`, patchcore(rows), place), place),
        },
      ],
      [
        `bruteForce${rows}`,
        {
          what: 'the same, every patch compared with every row',
          measure: async (place) =>
            ofModel(await learnt(`${rows}`, patchcore(rows), place), place, bruteForce),
        },
      ],
    ]),
  ),
  padim: {
    what: 'PaDiM, ResNet-50',
    measure: async (place) => ofModel(await learnt('padim', { method: 'padim' }, place), place),
  },
  fit: { what: 'fit, PatchCore, ResNet-50, 167 images', measure: ofFit },
};

async function learnt(
  name: string,
  options: Partial<FitOptions>,
  { folder }: Pick<Place, 'folder'>,
): Promise<string> {
  const output = join(folder, `${name}.onnx`);
  if (!existsSync(output)) await learn(output, options);
  return output;
}

async function learn(output: string, options: Partial<FitOptions>): Promise<number> {
  const data = { data: DATA, category: 'bottle', backbone: RESNET };
  const report = await fit({ ...DEFAULT_FIT, ...data, ...options, output });
  return report.seconds.total!;
}

async function photographs(): Promise<Tensor[]> {
  const paths = readdirSync(TEST).flatMap((folder) =>
    readdirSync(join(TEST, folder))
      .slice(0, OF_EACH)
      .map((file) => join(TEST, folder, file)),
  );
  return Promise.all(paths.map(async (path) => imageTensor(await decodeImage(path))));
}

async function ofBackbone(
  name: string,
  layers: readonly string[] | undefined,
  { card }: Place,
): Promise<Measured> {
  await using there = await backboneAlone(name, layers, { device: card });
  await using here = await backboneAlone(name, layers);
  const random = createRandom('noise');
  const noise = Float32Array.from({ length: 3 * 224 * 224 }, () => random.uniform(0, 255));
  const images = Array<Tensor>(BACKBONE_ROUNDS).fill(float32(noise, [1, 3, 224, 224]));
  const { times, results } = await inTurn([here, there], images);
  const [expected, actual] = results.map(([features]) => Object.values(features!).map(asFloat32));
  const score = largest(expected!.map((feature, i) => distance(actual![i]!, feature)));
  return { unit: 'ms', ...times, score, map: null };
}

async function ofModel(
  model: string,
  { card }: Place,
  open: (model: string, options: { device: Device }) => Promise<Session> = openSession,
): Promise<Measured> {
  await using there = await open(model, { device: card });
  await using here = await open(model, { device: 'cpu' });
  const { times, results } = await inTurn([here, there], await photographs());
  return { unit: 'ms', ...times, ...differences(results.map((each) => each.map(inspectionOf))) };
}

/** Fits on both; what the two models say, on the processor. */
async function ofFit({ folder, card }: Place): Promise<Measured> {
  const seconds: number[] = [];
  const inspections: Inspection[][] = [];
  const images = await photographs();
  for (const device of ['cpu', card] as const) {
    const output = join(folder, `fit-${device}.onnx`);
    setSessionDevice(device);
    seconds.push(await learn(output, {}));
    await using session = await openSession(output, { device: 'cpu' });
    const results: Inspection[] = [];
    for (const image of images) results.push(inspectionOf(await session.run({ image })));
    inspections.push(results);
  }
  return { unit: 's', cpu: seconds[0]!, card: seconds[1]!, ...differences(inspections) };
}

/** Medians over the images, each met once before; what both made of each. */
async function inTurn(
  sessions: readonly Session[],
  images: readonly Tensor[],
): Promise<{ times: { cpu: number; card: number }; results: Record<string, Tensor>[][] }> {
  const results = sessions.map((): Record<string, Tensor>[] => []);
  const times = sessions.map((): number[] => []);
  for (const warm of [false, true]) {
    for (const image of images) {
      for (const [i, session] of sessions.entries()) {
        const start = performance.now();
        const result = await session.run({ image });
        if (warm) times[i]!.push(performance.now() - start);
        else results[i]!.push(result);
      }
    }
  }
  const [cpu, card] = times.map((own) => own.sort((a, b) => a - b)[own.length >> 1]!);
  return { times: { cpu: cpu!, card: card! }, results };
}

function differences([expected, actual]: readonly (readonly Inspection[])[]) {
  const scores = expected!.map(({ score }, i) => Math.abs(actual![i]!.score - score) / score);
  const maps = expected!.map(({ map }, i) => distance(actual![i]!.map.data, map.data));
  return { score: largest(scores), map: largest(maps) };
}

function distance(actual: Float32Array, expected: Float32Array): number {
  let [difference, scale] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    const apart = Math.abs(actual[i]! - expected[i]!);
    if (!(apart <= difference)) difference = apart;
    scale = Math.max(scale, Math.abs(expected[i]!));
  }
  return difference / scale;
}

/** A number that is none counts as the largest. */
const largest = (values: readonly number[]): number =>
  values.some(Number.isNaN) ? Number.NaN : Math.max(...values);

/** By itself: what its driver does to it, and what it takes of the card's memory, ends with it. */
function measure(name: string, { folder, card }: Place): Row {
  console.error(`measuring: ${name}`);
  const { what } = CASES[name]!;
  const args = [import.meta.filename, 'case', name, folder, card];
  try {
    const said = execFileSync(process.execPath, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return { what, measured: JSON.parse(said) as Measured };
  } catch (error) {
    console.error(error);
    return { what, measured: null };
  }
}

function table(rows: readonly Row[], card: Device): string {
  const head = [
    `| | unit | processor | ${card} | times faster | largest difference of a score | of a map |`,
    '|---|---|---|---|---|---|---|',
  ];
  const body = rows.map(({ what, measured }) => {
    if (measured === null) return `| ${what} | - | - | failed | - | - | - |`;
    const times = [measured.cpu, measured.card, measured.cpu / measured.card];
    const apart = [measured.score, measured.map].map((value) => value?.toExponential(1) ?? '-');
    const cells = [measured.unit, ...times.map((time) => time.toPrecision(3)), ...apart];
    return `| ${[what, ...cells].join(' | ')} |`;
  });
  return [...head, ...body].join('\n');
}

/** As NVIDIA's own tool tells it; others' cards have no name here. */
function cardName(): string {
  const query = ['--query-gpu=name,driver_version', '--format=csv,noheader'];
  try {
    const [name, driver] = execFileSync('nvidia-smi', query, { encoding: 'utf8' }).split(', ');
    return `one ${name}, driver ${driver!.trim()}`;
  } catch {
    return 'a graphics card';
  }
}

async function benchDevices(kept: string | undefined): Promise<void> {
  const card = await chooseDevice('auto');
  if (card === 'cpu') throw new Error('no graphics card works here: see flawmap doctor');
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'flawmap-bench-'));
  mkdirSync(folder, { recursive: true });
  try {
    const rows = Object.keys(CASES).map((name) => measure(name, { folder, card }));
    const processor = `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores`;
    const { version } = await runtimeInfo();
    const document = { processor, card: cardName(), device: card, onnxruntime: version, rows };
    const text = table(rows, card);
    writeFileSync(`${RESULTS}.json`, `${JSON.stringify(document, null, 1)}\n`);
    writeFileSync(
      `${RESULTS}.md`,
      `${processor}; ${document.card}, by ${card} of onnxruntime ${version}\n\n${text}\n`,
    );
    console.log(text);
  } finally {
    if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

const [command, name, folder, card] = process.argv.slice(2);
if (command === 'case') {
  const place = { folder: folder!, card: card as Device };
  console.log(JSON.stringify(await CASES[name!]!.measure(place)));
} else {
  await benchDevices(command);
}
