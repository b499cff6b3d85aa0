/**
 * A model in a thread of its own: a run does not hold up the caller, and two models compute at once.
 * onnxruntime computes some steps of a graph on one core whatever it is given, so two sessions of a
 * thread each do more than one session of two.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { internalError } from '../../core/error.ts';
import { traced } from '../../core/trace.ts';
import type { Tensor } from '../elementType.ts';
import { sessionDevice } from './device.ts';
import { openSession, type Session, type SessionOptions, settingsOf } from './session.ts';
import { openFailure, runFailure } from './sessionFailure.ts';

/**
 * As `openSession`, in a thread where that computes on the CPU: drivers of graphics cards work beside
 * the caller as it is. It must be closed for its thread to end; a thread with nothing to do keeps no
 * program alive.
 * @param model its bytes, where they are all of their memory, go over to the thread: the caller has
 * them no more
 */
export async function openThreadSession(
  model: string | Uint8Array,
  options: SessionOptions = {},
): Promise<Session> {
  const name = options.name ?? (typeof model === 'string' ? model : 'the model');
  const device = options.device ?? sessionDevice();
  if (device !== 'cpu') return openSession(model, options);
  const settings = settingsOf(device, options);
  const thread = prepared ?? startThread();
  prepared = undefined;
  let named: Named;
  try {
    named = await thread.ask<Named>({ do: 'open', model: ownMemory(model), settings });
  } catch (error) {
    await thread.end();
    throw openFailure(name, device, error);
  }
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= thread.ask({ do: 'close' }).then(thread.end, thread.end);
    return closing;
  };
  return {
    ...named,
    async run(feeds, outputs = named.outputs) {
      if (closing) throw internalError({ what: `session of ${name} used after it was closed` });
      try {
        return await traced(name, {}, () =>
          thread.ask<Record<string, Tensor>>({ do: 'run', feeds: owned(feeds), outputs }),
        );
      } catch (error) {
        throw runFailure(name, error);
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

let prepared: ReturnType<typeof startThread> | undefined;

/**
 * Starts the thread of the next session, and loads onnxruntime there: for programs that have other
 * things to load meanwhile.
 */
export function prepareThread(): void {
  if (sessionDevice() === 'cpu') prepared ??= startThread();
}

type Named = Pick<Session, 'inputs' | 'outputs'>;
interface Pending {
  resolve(value: unknown): void;
  reject(reason: unknown): void;
}
type Answer = { readonly id: number } & (
  | { readonly value: unknown; readonly error?: undefined }
  | { readonly error: string }
);

/** Asks one thing after the other; what is asked of a thread that ends, or has ended, fails. */
function startThread() {
  const entry = pathToFileURL(createRequire(import.meta.url).resolve('onnxruntime-node')).href;
  const worker = new Worker(THREAD, { eval: true, execArgv: [], workerData: { entry } });
  const pending = new Map<number, Pending>();
  let asked = 0;
  const settle = (id: number, how: (pending: Pending) => void) => {
    const found = pending.get(id);
    pending.delete(id);
    if (pending.size === 0) worker.unref();
    if (found) how(found);
  };
  const failAll = (reason: unknown) => {
    for (const id of pending.keys()) settle(id, ({ reject }) => reject(reason));
  };
  worker.on('message', (answer: Answer) => {
    settle(answer.id, ({ resolve, reject }) =>
      answer.error === undefined ? resolve(answer.value) : reject(new Error(answer.error)),
    );
  });
  worker.on('error', failAll);
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      hasEnded = true;
      failAll(new Error(ENDED));
      resolve();
    });
  });
  worker.unref();
  return {
    ask<T>(request: Readonly<Record<string, unknown>>): Promise<T> {
      return new Promise<unknown>((resolve, reject) => {
        // Node.js takes messages to it and says nothing.
        if (hasEnded) throw new Error(ENDED);
        const id = asked++;
        worker.postMessage({ id, ...request }, buffersIn(request));
        pending.set(id, { resolve, reject });
        worker.ref();
      }) as Promise<T>;
    },
    async end(): Promise<void> {
      worker.ref();
      worker.postMessage({ do: 'end' });
      await ended;
    },
  };
}

const ENDED = 'its thread has ended';

/** Copies, which the thread takes over: what is sent may be a part of something large. */
const owned = (feeds: Readonly<Record<string, Tensor>>): Record<string, Tensor> =>
  Object.fromEntries(
    Object.entries(feeds).map(([key, tensor]) => [key, { ...tensor, data: tensor.data.slice() }]),
  );

const ownMemory = (model: string | Uint8Array): string | Uint8Array =>
  typeof model === 'string' || model.byteLength === model.buffer.byteLength
    ? model
    : new Uint8Array(model);

function buffersIn({ model, feeds }: Readonly<Record<string, unknown>>): ArrayBuffer[] {
  if (model instanceof Uint8Array) return [model.buffer as ArrayBuffer];
  const tensors = Object.values((feeds ?? {}) as Record<string, Tensor>);
  return tensors.map(({ data }) => data.buffer as ArrayBuffer);
}

/** In the thread. A text, so that it needs no file of its own, which Node 20 could not run as it is. */
const THREAD = `
const { MessageChannel, parentPort, workerData } = require('node:worker_threads');
const loading = import(workerData.entry);
// As freeMemory does.
const { port1: nowhere } = new MessageChannel();
nowhere.close();
let session;
const requests = {
  async open({ model, settings }) {
    const { InferenceSession } = await loading;
    session = await InferenceSession.create(model, settings);
    return { value: { inputs: session.inputNames, outputs: session.outputNames } };
  },
  async run({ feeds, outputs }) {
    const { Tensor } = await loading;
    const inputs = {};
    for (const name in feeds) inputs[name] = new Tensor(feeds[name].type, feeds[name].data, feeds[name].dims);
    const results = await session.run(inputs, outputs);
    nowhere.postMessage(null, Object.values(feeds).map(({ data }) => data.buffer));
    const value = {};
    for (const name in results) {
      const { type, data, dims } = results[name];
      value[name] = { type, data, dims };
    }
    return { value, transfer: Object.values(value).map(({ data }) => data.buffer) };
  },
  async close() {
    await session.release();
    return {};
  },
};
let last = Promise.resolve();
parentPort.on('message', (request) => {
  last = last.then(async () => {
    if (request.do === 'end') return parentPort.close();
    try {
      const { value, transfer = [] } = await requests[request.do](request);
      parentPort.postMessage({ id: request.id, value }, transfer);
    } catch (error) {
      parentPort.postMessage({ id: request.id, error: String(error.message) });
    }
  });
});
`;
