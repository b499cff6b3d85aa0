import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspectOnnx } from '../../../src/backbone/inspectOnnx.ts';
import { openOnnxBackbone } from '../../../src/backbone/onnxFile.ts';
import { float32 } from '../../../src/tensor/elementType.ts';
import { encodeModel } from '../../../src/tensor/onnx/protoParts.ts';
import { onnxModel, onnxNode } from '../../../test/support/onnxModel.ts';
import { hostileModel } from '../hostileModels.ts';
import { mutateBytes } from '../mutate.ts';
import type { FuzzTarget } from '../target.ts';

export const networkTarget: FuzzTarget = {
  name: 'networks',
  what: 'ONNX networks as backbones: bytes, external data, declared shapes',
  cases: 3_000,
  megabytes: 500,
  async prepare() {
    const weights = {
      w: float32(
        Float32Array.from({ length: 4 * 27 }, (_, i) => i / 99),
        [4, 3, 3, 3],
      ),
    };
    const nodes = [
      onnxNode('Conv', ['x', 'w'], ['c'], { kernel_shape: [3, 3], strides: [4, 4] }),
      onnxNode('Relu', ['c'], ['layer2']),
      onnxNode('AveragePool', ['layer2'], ['layer3'], { kernel_shape: [2, 2], strides: [2, 2] }),
    ];
    const outputs = ['layer2', 'layer3'];
    const corpus = [17, 11].map((opset) =>
      Buffer.from(encodeModel(onnxModel({ opset, nodes, weights, outputs }))),
    );
    return {
      make(random, place) {
        const hostile = random.next() < 0.4;
        const source = random.pick(corpus);
        const bytes = hostile
          ? hostileModel(random, place, source)
          : mutateBytes(random, source, corpus);
        writeFileSync(join(place.input, hostile ? 'hostile.onnx' : 'model.onnx'), bytes);
      },
      async run({ input }) {
        const hostile = existsSync(join(input, 'hostile.onnx'));
        const path = join(input, hostile ? 'hostile.onnx' : 'model.onnx');
        await openOnnxBackbone(path);
        const { problem } = await inspectOnnx(path);
        return hostile && problem === null ? 'a hostile network was taken' : undefined;
      },
    };
  },
};
