import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { relativeError } from '../../test/support/relativeError.ts';
import { numbersOf, runGraph } from '../../test/support/runGraph.ts';
import {
  type StoredTensor,
  safetensorsFile,
  storedFloats,
} from '../../test/support/safetensorsFile.ts';
import { describeWithShared, referenceNpy, sharedPath } from '../../test/support/shared.ts';
import { sha256 } from '../core/hash.ts';
import { createRandom } from '../core/random.ts';
import { asFloat32, float32 } from '../tensor/elementType.ts';
import { createGraph } from '../tensor/graph.ts';
import { openResnetBackbone, resnetFeatures } from './resnet.ts';
import { openSafetensors } from './safetensors.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flawmap-resnet-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const random = createRandom('resnet');
const weights = (...shape: number[]) => {
  const count = shape.reduce((product, size) => product * size);
  return storedFloats(
    Float32Array.from({ length: count }, () => 0.3 * random.normal()),
    shape,
  );
};

function norm(name: string, channels: number): Record<string, StoredTensor> {
  const positive = Float32Array.from({ length: channels }, () => random.uniform(0.5, 2));
  return {
    [`${name}.weight`]: weights(channels),
    [`${name}.bias`]: weights(channels),
    [`${name}.running_mean`]: weights(channels),
    [`${name}.running_var`]: storedFloats(positive, [channels]),
    [`${name}.num_batches_tracked`]: { dtype: 'I64', shape: [], bytes: new Uint8Array(8) },
  };
}

/** Two stages of basic blocks, two blocks in the first, 4 and 8 channels wide. */
const tiny = (): Record<string, StoredTensor> => ({
  'conv1.weight': weights(4, 3, 7, 7),
  ...norm('bn1', 4),
  ...basicBlock('layer1.0', 4, 4),
  ...basicBlock('layer1.1', 4, 4),
  ...basicBlock('layer2.0', 4, 8),
  'layer2.0.downsample.0.weight': weights(8, 4, 1, 1),
  ...norm('layer2.0.downsample.1', 8),
  'fc.weight': weights(10, 8),
  'fc.bias': weights(10),
});

const basicBlock = (name: string, inChannels: number, channels: number) => ({
  [`${name}.conv1.weight`]: weights(channels, inChannels, 3, 3),
  ...norm(`${name}.bn1`, channels),
  [`${name}.conv2.weight`]: weights(channels, channels, 3, 3),
  ...norm(`${name}.bn2`, channels),
});

function write(tensors: Record<string, StoredTensor>): string {
  const path = join(folder, 'weights.safetensors');
  writeFileSync(path, safetensorsFile(tensors));
  return path;
}

describe('openResnetBackbone', () => {
  it('reads depth and layers off the file', async () => {
    const tensors = tiny();
    const backbone = await openResnetBackbone(write(tensors));
    expect(backbone.layers).toEqual(['layer1', 'layer2']);
    expect(backbone.defaultLayers).toEqual(['layer1', 'layer2']);
    expect(backbone.name).toBe('weights.safetensors');
    expect(backbone.sha256).toBe(sha256(safetensorsFile(tensors)));
    expect(backbone.standardise).toBe(false);
  });

  it('knows the size of its weights in a model file', async () => {
    const backbone = await openResnetBackbone(write(tiny()));
    const graph = createGraph('size');
    await backbone.build(graph.input('image', 'float32', ['N', 3, 32, 32]), ['layer2']);
    const stored = graph
      .toModel()
      .graph!.initializer.filter(({ name }) => /conv|downsample/.test(name))
      .reduce((sum, { rawData }) => sum + rawData.length, 0);
    expect(stored).toBe(backbone.weightBytes);
  });

  it('writes only what the wanted layers need, whatever their order', async () => {
    const backbone = await openResnetBackbone(write(tiny()));
    const shallow = createGraph('shallow');
    await backbone.build(shallow.input('image', 'float32', ['N', 3, 32, 32]), ['layer1']);
    expect(shallow.toModel().graph!.node.filter((node) => node.opType === 'Conv')).toHaveLength(5);

    const deep = createGraph('deep');
    const image = deep.input('image', 'float32', ['N', 3, 32, 48]);
    const values = await backbone.build(image, ['layer2', 'layer1']);
    expect(values.map((value) => value.shape)).toEqual([
      ['N', 8, 4, 6],
      ['N', 4, 8, 12],
    ]);
    expect(deep.toModel().graph!.node.filter((node) => node.opType === 'Conv')).toHaveLength(8);
  });

  it('normalises grey levels as ImageNet networks want them', async () => {
    const path = write(tiny());
    const backbone = await openResnetBackbone(path);
    const file = await openSafetensors(path);
    const levels = Float32Array.from({ length: 2 * 3 * 32 * 32 }, (_, i) => (i * 37) % 256);
    const [mean, deviation] = [
      [0.485, 0.456, 0.406],
      [0.229, 0.224, 0.225],
    ] as const;
    const normalised = levels.map((level, i) => {
      const channel = Math.floor(i / 1024) % 3;
      return (level / 255 - mean[channel]!) / deviation[channel]!;
    });
    const [image, input] = [levels, normalised].map((data) => float32(data, [2, 3, 32, 32]));
    const [fromLevels] = await runGraph([image!], (x) => backbone.build(x, ['layer2']));
    const [expected] = await runGraph([input!], (x) => resnetFeatures(x, file, ['layer2']));
    expect(relativeError(numbersOf(fromLevels!), numbersOf(expected!))).toBeLessThan(1e-5);
  });

  it('names an unknown layer and those there are', async () => {
    const backbone = await openResnetBackbone(write(tiny()));
    const image = createGraph('g').input('image', 'float32', ['N', 3, 32, 32]);
    await expect(backbone.build(image, ['layer1', 'layer9'])).rejects.toMatchObject({
      kind: 'input',
      details: { expected: 'layer1, layer2', remedy: 'did you mean layer1?' },
    });
  });
});

describe('a file that is no plain ResNet', () => {
  const refused = async (change: (tensors: Record<string, StoredTensor>) => void) => {
    const tensors = tiny();
    change(tensors);
    const error = await openResnetBackbone(write(tensors)).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ kind: 'input' });
    const { message } = error as Error;
    expect(message).toContain('weights.safetensors');
    return message;
  };

  it('names a missing tensor with the shape it should have', async () => {
    const message = await refused((tensors) => delete tensors['layer1.1.bn2.running_var']);
    expect(message).toMatch(/layer1\.1\.bn2\.running_var \[4\]\n.*no tensor of this name/);
  });

  it('names a misshapen tensor with both shapes', async () => {
    const message = await refused((tensors) => {
      tensors['layer2.0.conv2.weight'] = weights(8, 8, 5, 5);
    });
    expect(message).toMatch(/layer2\.0\.conv2\.weight \[8, 8, 3, 3\]\n.*\[8, 8, 5, 5\]/);
  });

  it('misses a shortcut where the shape changes', async () => {
    const message = await refused((tensors) => {
      for (const name of Object.keys(tensors)) {
        if (name.includes('downsample')) delete tensors[name];
      }
    });
    expect(message).toContain('layer2.0.downsample.0.weight [8, 4, 1, 1]');
  });

  it('refuses weights it would leave out silently', async () => {
    const message = await refused((tensors) => {
      tensors['layer1.0.se.fc1.weight'] = weights(2, 4, 1, 1);
    });
    expect(message).toContain('layer1.0.se.fc1.weight');
  });

  it('refuses other networks', async () => {
    const message = await refused((tensors) => {
      for (const name of Object.keys(tensors)) delete tensors[name];
      tensors['features.0.weight'] = weights(8, 3, 3, 3);
    });
    expect(message).toMatch(/conv1\.weight \[out, 3, 7, 7\]/);
  });

  it('refuses weights that are not finite', async () => {
    const tensors = tiny();
    tensors['layer1.0.bn1.running_var'] = storedFloats(Float32Array.of(1, -1, 1, 1), [4]);
    const backbone = await openResnetBackbone(write(tensors));
    const image = createGraph('g').input('image', 'float32', ['N', 3, 32, 32]);
    await expect(backbone.build(image, ['layer1'])).rejects.toThrow(/layer1\.0\.conv1/);
  });
});

describeWithShared('against torchvision', () => {
  it.each(['resnet_basic_1111', 'resnet_bottleneck_1111_wide'])(
    '%s gives the same layers',
    async (name) => {
      const file = await openSafetensors(sharedPath('reference', `${name}.safetensors`));
      const { shape, data } = referenceNpy(`${name}_input.npy`);
      const layers = ['layer1', 'layer2', 'layer3'];
      const outputs = await runGraph([float32(data as Float32Array, shape)], (x) =>
        resnetFeatures(x, file, layers),
      );
      for (const [i, layer] of layers.entries()) {
        const expected = referenceNpy(`${name}_${layer}.npy`);
        expect(outputs[i]!.dims).toEqual(expected.shape);
        const error = relativeError(asFloat32(outputs[i]!), expected.data as Float32Array);
        expect(error).toBeLessThan(1e-5);
      }
    },
  );
});
