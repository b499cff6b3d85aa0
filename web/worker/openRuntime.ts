/** onnxruntime-web as it lies beside the page: WebAssembly, or WebGPU where it is asked for and agrees. */
import type * as Ort from 'onnxruntime-web';
import type { WebSession } from '../../src/browser/browser.ts';
import { environmentError, messageOf } from '../../src/core/error.ts';
import type { RuntimeInUse } from './protocol.ts';

export interface OpenedRuntime {
  readonly session: WebSession<Ort.Tensor>;
  createTensor(data: Uint8Array, dims: readonly number[]): Ort.Tensor;
  readonly runtime: RuntimeInUse;
}

type Kind = RuntimeInUse['kind'];

const FILES: Readonly<Record<Kind, { readonly script: string; readonly wasm: string }>> = {
  wasm: { script: 'ort.wasm.bundle.min.mjs', wasm: 'ort-wasm-simd-threaded.wasm' },
  // Not `ort.webgpu`: what runs beside the GPU there has no float64, which resizing takes.
  webgpu: { script: 'ort.bundle.min.mjs', wasm: 'ort-wasm-simd-threaded.jsep.wasm' },
};

/** More threads than this gain nothing here. */
const MOST_THREADS = 8;
/** Largest relative difference of a score from WebAssembly's that WebGPU may have. */
const TOLERANCE = 1e-3;

/** @param model an ONNX file; it may be changed or freed afterwards */
export async function openRuntime(model: Uint8Array, wanted: Kind): Promise<OpenedRuntime> {
  if (wanted === 'wasm') return openWasm(model);
  try {
    return await openGpu(model);
  } catch (error) {
    return openWasm(model, `WebGPU is not used: ${messageOf(error).slice(0, 200)}`);
  }
}

async function openWasm(model: Uint8Array, note?: string): Promise<OpenedRuntime> {
  const ort = await loadScript('wasm');
  const runtime = { kind: 'wasm', threads: ort.env.wasm.numThreads ?? 1 } as const;
  return {
    session: await openSession(ort, model, 'wasm'),
    createTensor: tensorMaker(ort),
    runtime: { ...runtime, ...(note !== undefined && { note }) },
  };
}

/**
 * It computes elsewhere, by other kernels: it is used where its score is the same.
 * @throws Error where it is another, or it fails
 */
async function openGpu(model: Uint8Array): Promise<OpenedRuntime> {
  if (!('gpu' in navigator)) throw new Error('this browser has none');
  const ort = await loadScript('webgpu');
  const createTensor = tensorMaker(ort);
  const scoreBy = async (provider: Kind) => {
    const session = await openSession(ort, model, provider);
    const { pred_score: scores } = await session.run({
      image: createTensor(PATTERN, [1, 64, 64, 3]),
    });
    return { session, score: (scores!.data as Float32Array)[0]! };
  };
  const plain = await scoreBy('wasm');
  await plain.session.release();
  const { session, score } = await scoreBy('webgpu');
  if (Math.abs(score - plain.score) > TOLERANCE * Math.abs(plain.score)) {
    await session.release();
    throw new Error(`it gave the score ${score} where WebAssembly gave ${plain.score}`);
  }
  return { session, createTensor, runtime: { kind: 'webgpu', threads: 1 } };
}

const openSession = (
  ort: typeof Ort,
  model: Uint8Array,
  provider: Kind,
): Promise<WebSession<Ort.Tensor>> =>
  ort.InferenceSession.create(model, { executionProviders: [provider], logSeverityLevel: 3 });

const tensorMaker =
  (ort: typeof Ort): OpenedRuntime['createTensor'] =>
  (data, dims) =>
    new ort.Tensor('uint8', data, dims);

async function loadScript(kind: Kind): Promise<typeof Ort> {
  const { script, wasm } = FILES[kind];
  const at = (name: string) => new URL(`ort/${name}`, self.location.href).href;
  let ort: typeof Ort;
  try {
    ort = (await import(at(script))) as typeof Ort;
  } catch (cause) {
    throw environmentError({
      what: 'the runtime of models cannot be loaded',
      expected: at(script),
      found: messageOf(cause),
      remedy: 'copy the whole folder of the page to the server, ort/ included',
    });
  }
  ort.env.wasm.wasmPaths = { wasm: at(wasm) };
  // Threads share memory, which browsers allow to isolated pages alone.
  const cores = navigator.hardwareConcurrency || 1;
  ort.env.wasm.numThreads = self.crossOriginIsolated ? Math.min(cores, MOST_THREADS) : 1;
  return ort;
}

/** A small picture with edges of every direction. */
const PATTERN = Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => {
  const [x, y, channel] = [Math.floor(i / 3) % 64, Math.floor(i / 192), i % 3];
  return 128 + 90 * Math.sin((x * x + y * y) / (60 + 30 * channel)) + ((x >> 3) ^ (y >> 3));
});
