/**
 * onnxruntime-web inside Node: the WebAssembly runtime that browsers load, on one thread, its
 * files from node_modules. The inspector's second runtime, independent of the first.
 */
import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-web';
import type { ElementType, Tensor, TensorData } from '../../src/tensor/elementType.ts';

ort.env.wasm.numThreads = 1;

export interface WebSession extends AsyncDisposable {
  run(feeds: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>>;
}

/** @param path an ONNX file */
export async function openWebSession(path: string): Promise<WebSession> {
  const session = await ort.InferenceSession.create(new Uint8Array(readFileSync(path)), {
    executionProviders: ['wasm'],
    logSeverityLevel: 4,
  });
  return {
    async run(feeds) {
      const inputs = Object.entries(feeds).map(([name, { type, data, dims }]) => {
        return [name, new ort.Tensor(type as 'float32', data as Float32Array, dims)] as const;
      });
      const outputs = await session.run(Object.fromEntries(inputs));
      const tensors = Object.entries(outputs).map(([name, tensor]): [string, Tensor] => {
        const type = tensor.type as ElementType;
        return [name, { type, dims: tensor.dims, data: tensor.data as TensorData }];
      });
      return Object.fromEntries(tensors);
    },
    [Symbol.asyncDispose]: () => session.release(),
  };
}
