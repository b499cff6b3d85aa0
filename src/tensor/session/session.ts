/**
 * Runs ONNX models: the only importer of onnxruntime. A session is opened, run and closed; `await
 * using` closes it by itself. onnxruntime works inside the calling thread, so what is to be done
 * meanwhile wants a session in a thread of its own (`threadSession`), or another process.
 */
import './withoutTelemetry.ts';
import { availableParallelism } from 'node:os';
import type * as ort from 'onnxruntime-node';
import { internalError } from '../../core/error.ts';
import { traced } from '../../core/trace.ts';
import type { ElementType, Tensor, TensorData } from '../elementType.ts';
import { type Device, sessionDevice } from './device.ts';
import { openFailure, runFailure } from './sessionFailure.ts';

/**
 * Loaded by whoever opens the first session: it takes a tenth of a second, and where all sessions are
 * in threads, only these need it.
 */
const loadRuntime = () => import('onnxruntime-node');

export interface SessionOptions {
  /** Threads for one run; default: all cores, or as many as `$FLAWMAP_THREADS` says. */
  readonly threads?: number;
  /** What it computes on; default: the CPU, or what `$FLAWMAP_DEVICE` says. */
  readonly device?: Device;
  /** The file's name, for messages. */
  readonly name?: string;
  /** Whether the graph is made faster first, which takes as long as several runs; default: true. */
  readonly optimised?: boolean;
  /** Folder of the files that hold the model's weights, where it has them not inside. */
  readonly weightsIn?: string;
}

/**
 * For products with what is new each time: a card would be sent it again and again, which takes
 * longer than to compute them here.
 */
export const ON_PROCESSOR = { device: 'cpu' } as const satisfies SessionOptions;

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
  const settings = settingsOf(device, options);
  const { InferenceSession, Tensor: OrtTensor } = await loadRuntime();
  const toOrt = ({ type, data, dims }: Tensor): ort.Tensor =>
    new OrtTensor(type as 'float32', data as Float32Array, dims);
  let session: ort.InferenceSession;
  try {
    session =
      typeof model === 'string'
        ? await InferenceSession.create(model, settings)
        : await InferenceSession.create(model, settings);
  } catch (error) {
    throw openFailure(name, device, error);
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

/** What onnxruntime is told. */
export const settingsOf = (
  device: Device,
  { threads, weightsIn, optimised = true }: SessionOptions,
) =>
  ({
    executionProviders: providersOf(device),
    intraOpNumThreads: threads ?? sessionThreads(),
    interOpNumThreads: 1,
    graphOptimizationLevel: optimised ? 'all' : 'disabled',
    // Failures come back as errors; what onnxruntime logs would go to stderr as well.
    logSeverityLevel: 4,
    // Idle threads sleep: spinning, they would keep the cores from decoding the next images.
    extra: {
      session: {
        intra_op: { allow_spinning: '0' },
        ...(weightsIn && { model_external_initializers_file_folder_path: weightsIn }),
      },
    },
  }) satisfies ort.InferenceSession.SessionOptions;

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
export async function runtimeInfo(): Promise<{ version: string; providers: string[] }> {
  const { env, listSupportedBackends } = await loadRuntime();
  return {
    version: env.versions.node ?? env.versions.common,
    providers: listSupportedBackends().map(({ name }) => name),
  };
}

const mapValues = <T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));

function fromOrt(tensor: ort.Tensor): Tensor {
  return {
    type: tensor.type as ElementType,
    dims: tensor.dims,
    data: tensor.data as TensorData,
  };
}
