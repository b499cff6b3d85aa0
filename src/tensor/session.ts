/**
 * Runs ONNX models: the only importer of onnxruntime. A session is opened, run and closed; `await
 * using` closes it by itself. onnxruntime works inside the calling thread, so parallel work means
 * processes with one session each.
 */
import './withoutTelemetry.ts';
import { availableParallelism } from 'node:os';
import * as ort from 'onnxruntime-node';
import { environmentError, inputError, internalError, messageOf } from '../core/error.ts';
import { traced } from '../core/trace.ts';
import { type Device, sessionDevice } from './device.ts';
import type { ElementType, Tensor, TensorData } from './elementType.ts';

export interface SessionOptions {
  /** Threads for one run; default: all cores, or as many as `$FLAWMAP_THREADS` says. */
  readonly threads?: number;
  /** What it computes on; default: the CPU, or what `$FLAWMAP_DEVICE` says. */
  readonly device?: Device;
  /** The file's name, for messages. */
  readonly name?: string;
}

export interface Session extends AsyncDisposable {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /**
   * Runs the model; only the named outputs are computed when names are given.
   * @throws FlawmapError naming the model; (environment) when memory does not suffice
   */
  run(
    feeds: Readonly<Record<string, Tensor>>,
    outputs?: readonly string[],
  ): Promise<Record<string, Tensor>>;
  /** Frees the model once the last run is done; closing twice does nothing. */
  close(): Promise<void>;
}

/**
 * @param model an ONNX file's path, or its bytes
 * @throws FlawmapError (input) when onnxruntime refuses the model; (environment) when the device
 * does not work here
 */
export async function openSession(
  model: string | Uint8Array,
  options: SessionOptions = {},
): Promise<Session> {
  const name = options.name ?? (typeof model === 'string' ? model : 'the model');
  const device = options.device ?? sessionDevice();
  const settings: ort.InferenceSession.SessionOptions = {
    executionProviders: providersOf(device),
    intraOpNumThreads: options.threads ?? sessionThreads(),
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    // Failures come back as errors; what onnxruntime logs would go to stderr as well.
    logSeverityLevel: 4,
    // Idle threads sleep: spinning, they would keep the cores from decoding the next images.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  };
  let session: ort.InferenceSession;
  try {
    session =
      typeof model === 'string'
        ? await ort.InferenceSession.create(model, settings)
        : await ort.InferenceSession.create(model, settings);
  } catch (error) {
    throw deviceFailure(device, error) ?? openFailure(name, error);
  }
  let closed = false;
  let lastRun: Promise<unknown> = Promise.resolve();
  const close = async () => {
    if (closed) return;
    closed = true;
    await lastRun.catch(() => undefined);
    await session.release();
  };
  return {
    inputs: session.inputNames,
    outputs: session.outputNames,
    async run(feeds, outputs = session.outputNames) {
      if (closed) throw internalError({ what: `session of ${name} used after it was closed` });
      try {
        const running = traced(name, {}, () => session.run(mapValues(feeds, toOrt), [...outputs]));
        lastRun = running;
        return mapValues(await running, fromOrt);
      } catch (error) {
        throw runFailure(name, error);
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/**
 * The device alone: beside another, one that is not there would be passed over in silence. The
 * operators that it lacks are computed on the CPU all the same.
 */
function providersOf(device: Device): string[] {
  // NVIDIA's libraries would round products to 10 bits (TF32); distances need all 23.
  if (device === 'cuda') process.env.NVIDIA_TF32_OVERRIDE ??= '0';
  return [device];
}

/** What a session computes with: processes that work side by side are told to share the cores. */
export function sessionThreads(): number {
  const told = Number(process.env.FLAWMAP_THREADS);
  return Number.isInteger(told) && told > 0 ? told : availableParallelism();
}

/** What runs the models here. */
export function runtimeInfo(): { version: string; providers: string[] } {
  return {
    version: ort.env.versions.node ?? ort.env.versions.common,
    providers: ort.listSupportedBackends().map((backend) => backend.name),
  };
}

/** Phrases for a provider that was not built in, whose libraries are missing, or without hardware. */
function deviceFailure(device: Device, error: unknown): Error | undefined {
  const phrases = /backend not found|load (shared )?library|failed to get a webgpu adapter|CUDA/i;
  if (device === 'cpu' || !phrases.test(reasonOf(error))) return undefined;
  return environmentError({
    what: `the device ${device} does not work here`,
    expected: 'its driver and its libraries',
    found: reasonOf(error),
    remedy: 'use the device cpu; flawmap doctor lists what works',
    cause: error,
  });
}

function openFailure(name: string, error: unknown): Error {
  if (isOutOfMemory(error)) {
    return environmentError({
      what: `there is not enough memory to load ${name}`,
      found: reasonOf(error),
      remedy: 'close other programs, or fit with a smaller --coreset',
      cause: error,
    });
  }
  return inputError({
    what: `cannot load ${name}`,
    expected: 'a complete ONNX model that onnxruntime can run',
    found: reasonOf(error),
    remedy: 'check that the file was copied or downloaded whole',
    cause: error,
  });
}

function runFailure(name: string, error: unknown): Error {
  if (isOutOfMemory(error)) {
    return environmentError({
      what: `there is not enough memory to run ${name}`,
      found: reasonOf(error),
      remedy: 'close other programs, or work on smaller images',
      cause: error,
    });
  }
  return internalError({
    what: `${name} failed while running`,
    found: reasonOf(error),
    cause: error,
  });
}

/** Some messages of onnxruntime end in an empty line. */
const reasonOf = (error: unknown) => messageOf(error).trim();

/** Phrases of onnxruntime, of C++ and of V8; a node may be called `memory/Gather`. */
const isOutOfMemory = (error: unknown) =>
  /failed to allocate memory|bad_alloc|out of memory|allocation failed/i.test(reasonOf(error));

const mapValues = <T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));

function toOrt({ type, data, dims }: Tensor): ort.Tensor {
  return new ort.Tensor(type as 'float32', data as Float32Array, dims);
}

function fromOrt(tensor: ort.Tensor): Tensor {
  return {
    type: tensor.type as ElementType,
    dims: tensor.dims,
    data: tensor.data as TensorData,
  };
}
