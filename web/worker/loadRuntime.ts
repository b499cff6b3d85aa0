/** onnxruntime-web as it lies beside the page, one build or the other. */
import type * as Ort from 'onnxruntime-web';
import { environmentError, messageOf } from '../../src/core/error.ts';
import type { RuntimeInUse } from './protocol.ts';

type Kind = RuntimeInUse['kind'];

const FILES: Readonly<Record<Kind, { readonly script: string; readonly wasm: string }>> = {
  wasm: { script: 'ort.wasm.bundle.min.mjs', wasm: 'ort-wasm-simd-threaded.wasm' },
  // Not `ort.webgpu`: what runs beside the GPU there has no float64, which resizing takes.
  webgpu: { script: 'ort.bundle.min.mjs', wasm: 'ort-wasm-simd-threaded.jsep.wasm' },
};

/** More threads than this gain nothing here. */
const MOST_THREADS = 8;

/** @throws FlawmapError (environment) where its files are not there */
export async function loadRuntime(kind: Kind): Promise<typeof Ort> {
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
