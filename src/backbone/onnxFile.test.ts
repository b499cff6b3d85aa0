import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onnxModel, onnxNode } from '../../test/support/onnxModel.ts';
import { relativeError } from '../../test/support/relativeError.ts';
import { numbersOf, runGraph } from '../../test/support/runGraph.ts';
import { describeWithShared, referenceNpy, sharedPath } from '../../test/support/shared.ts';
import { sha256 } from '../core/hash.ts';
import { asFloat32, float32, int64 } from '../tensor/elementType.ts';
import { createGraph } from '../tensor/graph.ts';
import type { ModelProto } from '../tensor/onnx/proto/onnx_pb.ts';
import { encodeModel } from '../tensor/onnx/protoParts.ts';
import { openOnnxBackbone } from './onnxFile.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flawmap-onnx-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(model: ModelProto): string {
  const path = join(folder, 'net.onnx');
  writeFileSync(path, encodeModel(model));
  return path;
}

const pool = (from: string, to: string) =>
  onnxNode('AveragePool', [from], [to], { kernel_shape: [2, 2], strides: [2, 2] });

/** Three halvings of the input, a vector and a shape; outputs as asked for. */
const pyramid = (outputs: readonly string[]) =>
  onnxModel({
    opset: 11,
    nodes: [
      pool('x', 'half'),
      pool('half', 'quarter'),
      pool('quarter', 'eighth'),
      onnxNode('GlobalAveragePool', ['eighth'], ['global']),
      onnxNode('Flatten', ['global'], ['vector']),
      onnxNode('Shape', ['half'], ['shape']),
    ],
    outputs,
  });

const image = (height = 16, width = 24) => {
  const data = Float32Array.from({ length: 2 * 3 * height * width }, (_, i) => (i * 31) % 256);
  return float32(data, [2, 3, height, width]);
};

const buildFor = async (path: string, layers: readonly string[], size: readonly number[]) => {
  const backbone = await openOnnxBackbone(path);
  const graph = createGraph('g');
  return backbone.build(graph.input('image', 'float32', ['N', 3, ...size]), layers);
};

describe('openOnnxBackbone', () => {
  it('takes outputs and inner tensors, with the shapes they have at this size', async () => {
    const path = write(pyramid(['eighth']));
    const [eighth, half] = await buildFor(path, ['eighth', 'half'], [16, 24]);
    expect(eighth!.shape).toEqual(['N', 3, 2, 3]);
    expect(half!.shape).toEqual(['N', 3, 8, 12]);
    const [wider] = await buildFor(path, ['eighth'], [24, 64]);
    expect(wider!.shape).toEqual(['N', 3, 3, 8]);
  });

  it('normalises with ImageNet statistics, or those given', async () => {
    const path = write(pyramid(['half']));
    const usual = await openOnnxBackbone(path);
    const plain = await openOnnxBackbone(path, {
      normalisation: { mean: [0, 0, 0], deviation: [1, 1, 1] },
    });
    const [withUsual] = await runGraph([image()], (x) => usual.build(x, ['half']));
    const [withPlain] = await runGraph([image()], (x) => plain.build(x, ['half']));
    // Averages commute with normalising.
    const expected = numbersOf(withPlain!).map((value, i) => {
      const channel = Math.floor(i / 96) % 3;
      return (value - [0.485, 0.456, 0.406][channel]!) / [0.229, 0.224, 0.225][channel]!;
    });
    expect(numbersOf(withPlain!)[0]).toBeCloseTo((0 + 31 + (744 % 256) + (775 % 256)) / 4 / 255, 5);
    expect(relativeError(numbersOf(withUsual!), expected)).toBeLessThan(1e-5);
  });

  it('says what it is', async () => {
    const path = write(pyramid(['half', 'layer3', 'layer2']));
    const bytes = encodeModel(pyramid(['half', 'layer3', 'layer2']));
    const backbone = await openOnnxBackbone(path);
    expect(backbone).toMatchObject({ name: 'net.onnx', sha256: sha256(bytes), weightBytes: 0 });
    expect(backbone.layers).toEqual(['half', 'layer3', 'layer2']);
    expect((await openOnnxBackbone(path, { name: 'mine' })).name).toBe('mine');
  });

  it('counts the bytes of the weights', async () => {
    const weights = { w: float32(new Float32Array(12), [4, 3, 1, 1]), s: int64([1, 2]) };
    const nodes = [onnxNode('Conv', ['x', 'w'], ['y'])];
    const backbone = await openOnnxBackbone(write(onnxModel({ opset: 13, nodes, weights })));
    expect(backbone.weightBytes).toBe(12 * 4 + 2 * 8);
  });
});

describe('default layers', () => {
  it('are layer2 and layer3 where they exist', async () => {
    const path = write(pyramid(['layer1', 'layer2', 'layer3', 'layer4']));
    expect((await openOnnxBackbone(path)).defaultLayers).toEqual(['layer2', 'layer3']);
  });

  it('are else the last two outputs with a spatial size', async () => {
    const path = write(pyramid(['half', 'quarter', 'eighth', 'global', 'vector', 'shape']));
    expect((await openOnnxBackbone(path)).defaultLayers).toEqual(['quarter', 'eighth']);
  });

  it('are none for a classifier, which then asks for --layers', async () => {
    const path = write(pyramid(['vector']));
    expect((await openOnnxBackbone(path)).defaultLayers).toEqual([]);
    await expect(buildFor(path, [], [16, 16])).rejects.toMatchObject({
      kind: 'input',
      message: expect.stringMatching(
        /net\.onnx.*\n.*\n.*no output with a spatial size\n.*--layers/,
      ),
    });
    await expect(buildFor(path, ['half'], [16, 16])).resolves.toHaveLength(1);
  });

  it('keep the reason why the outputs could not be run', async () => {
    const tail = { ...onnxNode('Gelu', ['half'], ['y']), domain: 'com.microsoft' };
    const path = write(onnxModel({ opset: 11, nodes: [pool('x', 'half'), tail] }));
    await expect(buildFor(path, [], [16, 16])).rejects.toThrow('Gelu');
    await expect(buildFor(path, ['half'], [16, 16])).resolves.toHaveLength(1);
  });
});

describe('a layer or file that does not serve', () => {
  it.each([
    ['vector', 'float32 [2, 3]'],
    ['global', 'float32 [2, 3, 1, 1]'],
    ['shape', 'int64 [4]'],
  ])('%s is not a feature map', async (layer, found) => {
    await expect(buildFor(write(pyramid(['half'])), [layer], [16, 16])).rejects.toMatchObject({
      kind: 'input',
      details: { found },
      message: expect.stringContaining(`layer ${layer} of net.onnx is not a feature map`),
    });
  });

  it('an unknown layer is answered with those there are', async () => {
    const failure = buildFor(write(pyramid(['half', 'eighth'])), ['quater'], [16, 16]);
    await expect(failure).rejects.toThrow(/no layer quater\n.*\(half, eighth\)/);
    await expect(failure).rejects.toThrow('did you mean quarter?');
  });

  it('a network for single images or another size is told apart from a broken file', async () => {
    const nodes = [
      onnxNode('Reshape', ['x', 'fixed'], ['y']),
      onnxNode('Identity', ['x'], ['unused']),
    ];
    const weights = { fixed: int64([1, 3, 224, 224]) };
    const path = write(onnxModel({ opset: 13, nodes, weights }));
    for (const size of [
      [224, 224],
      [256, 256],
    ]) {
      await expect(buildFor(path, ['y'], size)).rejects.toMatchObject({
        kind: 'input',
        message: expect.stringMatching(
          new RegExp(`net.onnx does not run on 2 images of ${size.join(' x ')} pixels`),
        ),
      });
    }
  });

  it('a missing file, a folder and other bytes are named', async () => {
    const missing = join(folder, 'missing.onnx');
    await expect(openOnnxBackbone(missing)).rejects.toThrow(/missing\.onnx\n.*\n.*ENOENT/);
    await expect(openOnnxBackbone(folder)).rejects.toMatchObject({ kind: 'input' });
    const text = join(folder, 'text.onnx');
    writeFileSync(text, '<!doctype html><title>404</title>');
    await expect(openOnnxBackbone(text)).rejects.toThrow(/text\.onnx is not an ONNX model/);
  });

  it('a truncated file is refused', async () => {
    const weights = { w: float32(new Float32Array(3000), [1000, 3, 1, 1]) };
    const nodes = [onnxNode('Conv', ['x', 'w'], ['y'])];
    const bytes = encodeModel(onnxModel({ opset: 13, nodes, weights }));
    for (const share of [0.3, 0.9, 0.999]) {
      const path = join(folder, 'short.onnx');
      writeFileSync(path, bytes.subarray(0, Math.floor(bytes.length * share)));
      await expect(openOnnxBackbone(path)).rejects.toThrow(/short\.onnx is not an ONNX model/);
    }
  });
});

describeWithShared('the ResNet-50 v2 of the Model Zoo', () => {
  it('gives the layers PyTorch gives', async () => {
    const path = sharedPath('weights/resnet50-v2-imagenet-layers1-3.onnx');
    const backbone = await openOnnxBackbone(path);
    expect(backbone.defaultLayers).toEqual(['layer2', 'layer3']);
    expect(backbone.sha256).toMatch(/^9a028b7f6333/);

    const { data } = referenceNpy('resnet50v2_input_u8.npy');
    const planes = Float32Array.from({ length: 3 * 224 * 224 }, (_, i) =>
      Number(data[(i % (224 * 224)) * 3 + Math.floor(i / (224 * 224))]),
    );
    const input = float32(planes, [1, 3, 224, 224]);
    const layers = ['layer1', 'layer2', 'layer3'];
    const outputs = await runGraph([input], (x) => backbone.build(x, layers));
    expect(outputs.map((output) => output.dims)).toEqual([
      [1, 256, 56, 56],
      [1, 512, 28, 28],
      [1, 1024, 14, 14],
    ]);
    const references = ['layer1_ch0-31', 'layer2', 'layer3'];
    for (const [i, name] of references.entries()) {
      const expected = referenceNpy(`resnet50v2_${name}.npy`).data as Float32Array;
      const actual = asFloat32(outputs[i]!).subarray(0, expected.length);
      expect(relativeError(actual, expected)).toBeLessThan(1e-4);
    }
  });
});
