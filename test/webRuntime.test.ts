/**
 * One inspector file in two runtimes: onnxruntime-node, which flawmap itself uses, and
 * onnxruntime-web (WebAssembly), which browsers use. Same file, same images, same numbers.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../src/core/random.ts';
import { writeSyntheticDataset } from '../src/data/synthetic/writeSyntheticDataset.ts';
import { imageTensor, readInspectorMetadata } from '../src/detector/inspector/inspector.ts';
import { decodeImage } from '../src/image/decodeImage.ts';
import type { RgbImage } from '../src/image/image.ts';
import { resizeImage } from '../src/image/resizeImage.ts';
import { exportHalf } from '../src/inspection/export/exportHalf.ts';
import type { FitOptions } from '../src/inspection/fit.ts';
import { asFloat32, type Tensor, uint8 } from '../src/tensor/elementType.ts';
import { openSession, type Session } from '../src/tensor/session/session.ts';
import { patchcoreOf } from './support/inspectorMetadata.ts';
import { makeFolder } from './support/photographs.ts';
import { quickFit } from './support/quickFit.ts';
import { relativeError } from './support/relativeError.ts';
import { describeWithShared, sharedPath } from './support/shared.ts';
import { openWebSession, type WebSession } from './support/webRuntime.ts';

const folder = makeFolder();
const data = join(folder.root, 'data');
/** By what they show; sizes differ from the 128 x 128 of the training images. */
let images: Readonly<Record<string, RgbImage>>;

beforeAll(async () => {
  const count = { train: 8, good: 1, anomalous: 2 };
  await writeSyntheticDataset({ out: data, size: 128, count, categories: ['hazelnut'] });
  const open = (path: string) => decodeImage(join(data, 'hazelnut', path));
  const crack = await open('test/crack/000.png');
  images = {
    'of the training': await open('train/good/000.png'),
    normal: await open('test/good/000.png'),
    anomalous: crack,
    'anomalous and larger, 300 x 200': resizeImage(crack, 300, 200),
    'anomalous and smaller, 61 x 97': resizeImage(crack, 61, 97),
    'of something else': noise(128, 128),
  };
});

afterAll(() => folder.remove());

function noise(width: number, height: number): RgbImage {
  const random = createRandom('noise');
  const data = Uint8Array.from({ length: width * height * 3 }, () => random.integer(256));
  return { width, height, data };
}

describe('an inspector of the filter bank, score max', () => {
  agreesInBothRuntimes({ score: { kind: 'max', topk: 0.01 } }, 'brute');
});

describe('a copy of it in half precision', () => {
  const halved = async (fitted: string) => {
    const out = join(folder.root, 'half.onnx');
    const paths = [join(data, 'hazelnut/test/good')];
    await exportHalf({ model: fitted, paths, out });
    return out;
  };
  agreesInBothRuntimes({}, 'brute', 'whole', halved);
});

describe('an inspector that looks at photographs in tiles', () => {
  agreesInBothRuntimes({ tiling: { tile: 32, halo: 32 } }, 'brute', 'tiled');
});

describeWithShared('an inspector of a ResNet, pruned search, score reweighted', () => {
  const backbone = sharedPath('reference/resnet_bottleneck_1111_wide.safetensors');
  const score = { kind: 'reweighted', topk: 0.01 } as const;
  agreesInBothRuntimes({ backbone, score, coreset: 0.8 }, 'two-bounds');
});

function agreesInBothRuntimes(
  options: Partial<FitOptions>,
  search: 'brute' | 'two-bounds',
  name: string = search,
  copied = async (fitted: string): Promise<string> => fitted,
): void {
  let node: Session;
  let web: WebSession;

  beforeAll(async () => {
    const output = join(folder.root, `${name}.onnx`);
    await quickFit({ data, output, thumbnails: false, ...options });
    expect(patchcoreOf(await readInspectorMetadata(output)).search.kind).toBe(search);
    const model = await copied(output);
    node = await openSession(model);
    web = await openWebSession(model);
  });

  afterAll(async () => {
    await node?.close();
    await web?.[Symbol.asyncDispose]();
  });

  it('gives the same scores and maps in both', async () => {
    for (const [name, image] of Object.entries(images)) {
      const feeds = { image: imageTensor(image) };
      expectAlike(await web.run(feeds), await node.run(feeds), 1e-4, name);
    }
  });

  it('tells the anomalous image from the normal one in both', async () => {
    for (const runtime of [node, web]) {
      const score = async (image: RgbImage) =>
        asFloat32((await runtime.run({ image: imageTensor(image) })).pred_score!)[0]!;
      const normal = await score(images.normal!);
      expect(await score(images.anomalous!)).toBeGreaterThan(normal);
      expect(await score(images['of something else']!)).toBeGreaterThan(normal);
    }
  });

  it('takes two images at once and gives what each gives alone', async () => {
    const pair = [images.normal!, images.anomalous!];
    const both = Uint8Array.from(pair.flatMap(({ data }) => [...data]));
    for (const runtime of [node, web]) {
      const together = await runtime.run({ image: uint8(both, [2, 128, 128, 3]) });
      const alone = [];
      for (const image of pair) alone.push(await runtime.run({ image: imageTensor(image) }));
      expect(together.pred_score!.dims).toEqual([2]);
      expect(together.anomaly_map!.dims).toEqual([2, ...alone[0]!.anomaly_map!.dims.slice(1)]);
      expectAlike(together, inOne(alone), 1e-5, 'batch of two');
    }
  });
}

type Outputs = Readonly<Record<string, Tensor>>;

function expectAlike(found: Outputs, expected: Outputs, tolerance: number, name: string): void {
  expect(Object.keys(found).sort()).toEqual(['anomaly_map', 'pred_score']);
  for (const output of ['anomaly_map', 'pred_score']) {
    const error = relativeError(asFloat32(found[output]!), asFloat32(expected[output]!));
    expect(error, `${output}, ${name}`).toBeLessThan(tolerance);
  }
}

/** The numbers of several runs, one after the other. */
function inOne(runs: readonly Outputs[]): Outputs {
  const joined = (output: string): Tensor => {
    const numbers = runs.flatMap((run) => [...asFloat32(run[output]!)]);
    return { type: 'float32', dims: [numbers.length], data: Float32Array.from(numbers) };
  };
  return { anomaly_map: joined('anomaly_map'), pred_score: joined('pred_score') };
}
