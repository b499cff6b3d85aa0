/** A model in WebAssembly, or on a graphics card where that says the same and is not slower. */
import type * as Ort from 'onnxruntime-web';
import type { WebSession } from '../../src/browser/browser.ts';
import { messageOf } from '../../src/core/error.ts';
import { loadRuntime } from './loadRuntime.ts';
import type { RuntimeInUse, RuntimeWanted } from './protocol.ts';
import { watchGpu } from './watchGpu.ts';
import { gpuDisagrees, gpuIsSlower, isEmulated, type Trial } from './weighRuntimes.ts';

type Session = WebSession<Ort.Tensor>;

export interface OpenedRuntime {
  readonly session: Session;
  createTensor(data: Uint8Array, dims: readonly number[]): Ort.Tensor;
  /** As it is now: a graphics card may fail later. */
  runtime(): RuntimeInUse;
}

/** @param model an ONNX file; it is kept as long as a graphics card is used */
export async function openRuntime(
  model: Uint8Array,
  wanted: RuntimeWanted,
): Promise<OpenedRuntime> {
  const plain = async (note?: string) => {
    const ort = await loadRuntime('wasm');
    return inWasm(ort, await openSession(ort, model, 'wasm'), note);
  };
  if (wanted === 'wasm') return plain();
  try {
    const reason = await whyNoCard(wanted);
    return await (reason === undefined ? openGpu(model, wanted) : plain(notUsed(reason)));
  } catch (error) {
    return plain(notUsed(messageOf(error)));
  }
}

const notUsed = (why: string): string => `WebGPU is not used: ${why.slice(0, 300)}`;

/** Looked for before anything is loaded for it. */
async function whyNoCard(wanted: RuntimeWanted): Promise<string | undefined> {
  if (!('gpu' in navigator)) {
    return self.isSecureContext
      ? 'this browser has none'
      : 'browsers lend it to pages by https alone';
  }
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: POWER });
  if (adapter === null) return 'this browser finds no graphics card for it';
  const { info } = adapter;
  if (wanted === 'webgpu' || !isEmulated(info)) return undefined;
  return `the graphics card is only emulated here (${info.architecture || info.description})`;
}

const POWER = 'high-performance';

/** @throws Error where the graphics card fails */
async function openGpu(model: Uint8Array, wanted: RuntimeWanted): Promise<OpenedRuntime> {
  const ort = await loadRuntime('webgpu');
  ort.env.webgpu.powerPreference = POWER;
  const openPlain = () => openSession(ort, model, 'wasm');
  const session = await openPlain();
  const trial = await tryOut(ort, session, wanted);
  // Now, not later: when the last of the sessions that onnxruntime-web counts ends, it frees the
  // buffers of all on the card, and it counts those that were open before the card was as ended only.
  await session.release();
  const gpu = await gpuOf(ort, model, trial, wanted);
  // What was loaded runs without the card as well.
  if (typeof gpu === 'string') return inWasm(ort, await openPlain(), notUsed(gpu));
  const watched = watchGpu(gpu, await ort.env.webgpu.device, openPlain);
  return {
    session: watched.session,
    createTensor: tensorMaker(ort),
    runtime() {
      const failure = watched.failure();
      return failure === undefined
        ? { kind: 'webgpu', threads: 1 }
        : wasmInUse(ort, `WebGPU is not used any more: ${failure.slice(0, 300)}`);
    },
  };
}

/** @returns why it is not the card that computes, where it is not */
async function gpuOf(
  ort: typeof Ort,
  model: Uint8Array,
  plain: Trial,
  wanted: RuntimeWanted,
): Promise<Session | string> {
  let gpu: Session | undefined;
  try {
    gpu = await openSession(ort, model, 'webgpu');
    const trial = await tryOut(ort, gpu, wanted);
    const slower = wanted === 'auto' ? gpuIsSlower(trial, plain) : undefined;
    const reason = gpuDisagrees(trial, plain) ?? slower;
    if (reason === undefined) return gpu;
    await gpu.release();
    return reason;
  } catch (error) {
    await gpu?.release().catch(() => undefined);
    return messageOf(error);
  }
}

/** The first run compiles and reserves; what follows tells the time, where that counts. */
async function tryOut(ort: typeof Ort, session: Session, wanted: RuntimeWanted): Promise<Trial> {
  const runs = wanted === 'auto' ? 3 : 1;
  let [score, milliseconds] = [Number.NaN, Number.POSITIVE_INFINITY];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    const { pred_score: scores } = await session.run({
      image: tensorMaker(ort)(PATTERN, [1, EDGE, EDGE, 3]),
    });
    score = (scores!.data as Float32Array)[0]!;
    if (i > 0) milliseconds = Math.min(milliseconds, performance.now() - start);
  }
  return { score, milliseconds };
}

const inWasm = (ort: typeof Ort, session: Session, note: string | undefined): OpenedRuntime => ({
  session,
  createTensor: tensorMaker(ort),
  runtime: () => wasmInUse(ort, note),
});

const wasmInUse = (ort: typeof Ort, note: string | undefined): RuntimeInUse => ({
  kind: 'wasm',
  threads: ort.env.wasm.numThreads ?? 1,
  ...(note !== undefined && { note }),
});

const openSession = (
  ort: typeof Ort,
  model: Uint8Array,
  provider: RuntimeInUse['kind'],
): Promise<Session> =>
  ort.InferenceSession.create(model, { executionProviders: [provider], logSeverityLevel: 3 });

const tensorMaker =
  (ort: typeof Ort): OpenedRuntime['createTensor'] =>
  (data, dims) =>
    new ort.Tensor('uint8', data, dims);

const EDGE = 64;
/** A small picture with edges of every direction. */
const PATTERN = Uint8Array.from({ length: EDGE * EDGE * 3 }, (_, i) => {
  const [x, y, channel] = [Math.floor(i / 3) % EDGE, Math.floor(i / (3 * EDGE)), i % 3];
  return 128 + 90 * Math.sin((x * x + y * y) / (60 + 30 * channel)) + ((x >> 3) ^ (y >> 3));
});
