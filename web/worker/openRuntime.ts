/** onnxruntime-web as it lies beside the page: WebGPU where that works and agrees, else WebAssembly. */
import type * as Ort from 'onnxruntime-web';
import type { WebSession } from '../../src/browser/browser.ts';
import { environmentError, messageOf } from '../../src/core/error.ts';
import type { RuntimeInUse, Wanted } from './protocol.ts';

export interface OpenedRuntime {
  readonly session: WebSession<Ort.Tensor>;
  createTensor(data: Uint8Array, dims: readonly number[]): Ort.Tensor;
  readonly runtime: RuntimeInUse;
}

type Kind = RuntimeInUse['kind'];

const FILES: Readonly<Record<Kind, { readonly script: string; readonly wasm: string }>> = {
  wasm: { script: 'ort.wasm.bundle.min.mjs', wasm: 'ort-wasm-simd-threaded.wasm' },
  webgpu: { script: 'ort.webgpu.bundle.min.mjs', wasm: 'ort-wasm-simd-threaded.asyncify.wasm' },
};

/** More threads than this gain nothing here. */
const MOST_THREADS = 8;
/** Largest relative difference of a score from WebAssembly's that WebGPU may have. */
const TOLERANCE = 1e-3;

/** @param model an ONNX file; it may be changed or freed afterwards */
export async function openRuntime(model: Uint8Array, wanted: Wanted): Promise<OpenedRuntime> {
  const kind = wanted === 'wasm' || !(await hasGpu(wanted === 'webgpu')) ? 'wasm' : 'webgpu';
  const ort = await loadScript(kind);
  const createTensor = (data: Uint8Array, dims: readonly number[]) =>
    new ort.Tensor('uint8', data, dims);
  const open = async (provider: Kind): Promise<WebSession<Ort.Tensor>> =>
    ort.InferenceSession.create(model, { executionProviders: [provider], logSeverityLevel: 3 });
  const threads = ort.env.wasm.numThreads ?? 1;
  if (kind === 'wasm') {
    return { session: await open('wasm'), createTensor, runtime: { kind, threads } };
  }
  const plain = await open('wasm');
  const { session, note } = await openGpu(() => open('webgpu'), plain, createTensor);
  if (session === undefined) {
    return { session: plain, createTensor, runtime: { kind: 'wasm', threads, note } };
  }
  await plain.release();
  return { session, createTensor, runtime: { kind: 'webgpu', threads: 1 } };
}

/** @param evenSoftware whether one that is computed by the processor will do */
async function hasGpu(evenSoftware: boolean): Promise<boolean> {
  const { gpu } = navigator as Navigator & { gpu?: GpuOf };
  try {
    const adapter = await gpu?.requestAdapter();
    if (adapter === undefined || adapter === null) return false;
    return evenSoftware || adapter.info?.isFallbackAdapter !== true;
  } catch {
    return false;
  }
}

/** What is asked of WebGPU. */
interface GpuOf {
  requestAdapter(): Promise<{ readonly info?: { readonly isFallbackAdapter?: boolean } } | null>;
}

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

/** WebGPU computes elsewhere, by other kernels: it is used where its score is the same. */
async function openGpu(
  open: () => Promise<WebSession<Ort.Tensor>>,
  plain: WebSession<Ort.Tensor>,
  createTensor: OpenedRuntime['createTensor'],
): Promise<{ session?: WebSession<Ort.Tensor>; note: string }> {
  let session: WebSession<Ort.Tensor> | undefined;
  try {
    session = await open();
    const score = async (from: WebSession<Ort.Tensor>) => {
      const { pred_score: scores } = await from.run({
        image: createTensor(PATTERN, [1, 64, 64, 3]),
      });
      return (scores!.data as Float32Array)[0]!;
    };
    const expected = await score(plain);
    const found = await score(session);
    if (Math.abs(found - expected) <= TOLERANCE * Math.abs(expected)) return { session, note: '' };
    await session.release();
    return { note: `WebGPU gave the score ${found} where WebAssembly gave ${expected}` };
  } catch (error) {
    await session?.release().catch(() => undefined);
    return { note: `WebGPU failed: ${messageOf(error).slice(0, 200)}` };
  }
}

/** A small picture with edges of every direction. */
const PATTERN = Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => {
  const [x, y, channel] = [Math.floor(i / 3) % 64, Math.floor(i / 192), i % 3];
  return 128 + 90 * Math.sin((x * x + y * y) / (60 + 30 * channel)) + ((x >> 3) ^ (y >> 3));
});
