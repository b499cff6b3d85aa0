import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onnxModel, onnxNode } from '../../test/support/onnxModel.ts';
import { describeWithShared, sharedPath } from '../../test/support/shared.ts';
import { sha256 } from '../core/hash.ts';
import { float32 } from '../tensor/elementType.ts';
import { encodeModel } from '../tensor/onnx/protoParts.ts';
import { inspectOnnx } from './inspectOnnx.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flawmap-inspect-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (model: ReturnType<typeof onnxModel>) => {
  const path = join(folder, 'net.onnx');
  writeFileSync(path, encodeModel(model));
  return path;
};

const STRIDED = { strides: [4, 4], kernel_shape: [1, 1] };
const network = (options: Partial<Parameters<typeof onnxModel>[0]> = {}) =>
  onnxModel({
    opset: 13,
    nodes: [
      onnxNode('Constant', [], ['k'], { value_float: 2 }),
      onnxNode('Conv', ['x', 'w'], ['a'], STRIDED),
      onnxNode('Mul', ['a', 'k'], ['b']),
      onnxNode('Shape', ['b'], ['shape']),
      onnxNode('GlobalAveragePool', ['b'], ['pooled']),
    ],
    weights: { w: float32(new Float32Array(6), [2, 3, 1, 1]) },
    outputs: ['b', 'pooled'],
    ...options,
  });

describe('inspectOnnx', () => {
  it('lists the tensors that can be layers, in order, and nothing else', async () => {
    const { tensors, problem } = await inspectOnnx(write(network()));
    const size = { channels: 2, height: 56, width: 56, stride: 4 };
    expect(tensors).toEqual([
      { name: 'a', ...size, output: false },
      { name: 'b', ...size, output: true },
    ]);
    expect(problem).toBeNull();
  });

  it('runs at the size the file was exported for', async () => {
    const inputs = [['x', 'float32', [1, 3, 96, 160]]] as const;
    const { tensors } = await inspectOnnx(write(network({ inputs })));
    expect(tensors[0]).toMatchObject({ height: 24, width: 40, stride: 4 });
  });

  it('describes the file', async () => {
    const model = network({ weightsAreInputs: true });
    const bytes = encodeModel(model);
    expect(await inspectOnnx(write(model))).toMatchObject({
      path: join(folder, 'net.onnx'),
      bytes: bytes.length,
      sha256: sha256(bytes),
      opset: 13,
      producer: 'test',
      parameters: 6,
      weightBytes: 24,
      inputs: [{ name: 'x', shape: 'float32 [N, 3, H, W]' }],
      outputs: [
        { name: 'b', shape: 'unknown type' },
        { name: 'pooled', shape: 'unknown type' },
      ],
    });
  });

  it('still describes a file that cannot serve, and says why', async () => {
    const inspection = await inspectOnnx(write(network({ opset: 21 })));
    expect(inspection).toMatchObject({ opset: 21, parameters: 6, tensors: [] });
    expect(inspection.problem).toMatch(/opset 21\n.*opset_version=18/);
  });

  it('refuses what is no ONNX file', async () => {
    const path = join(folder, 'other.onnx');
    writeFileSync(path, 'PK\x03\x04');
    await expect(inspectOnnx(path)).rejects.toMatchObject({ kind: 'input' });
    await expect(inspectOnnx(join(folder, 'none.onnx'))).rejects.toThrow('none.onnx');
  });
});

describeWithShared('inspectOnnx on a real network', () => {
  it('finds the three stages among its tensors', async () => {
    const path = sharedPath('weights/resnet50-v2-imagenet-layers1-3.onnx');
    const { tensors, parameters } = await inspectOnnx(path);
    expect(tensors.filter((tensor) => tensor.output)).toEqual([
      { name: 'layer1', channels: 256, height: 56, width: 56, stride: 4, output: true },
      { name: 'layer2', channels: 512, height: 28, width: 28, stride: 8, output: true },
      { name: 'layer3', channels: 1024, height: 14, width: 14, stride: 16, output: true },
    ]);
    expect(tensors.length).toBeGreaterThan(100);
    // python3: sum(numpy_helper.to_array(t).size for t in onnx.load(path).graph.initializer)
    expect(parameters).toBe(8_562_892);
  });
});
