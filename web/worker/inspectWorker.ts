/** Models run here, so that the page stays quick to the hand. */
import {
  type BrowserInspector,
  exposeSearch,
  loadInBrowser,
  readInspectorBytes,
  searchOutputs,
} from '../../src/browser/browser.ts';
import { rateBand } from '../../src/calibration/ratesAtThreshold.ts';
import { usageError } from '../../src/core/error.ts';
import { decodePhoto, thumbnailOf } from './decodePhoto.ts';
import { type OpenedRuntime, openRuntime } from './openRuntime.ts';
import type { Call, Calls, InspectedPhoto, OpenedModel, ToWorker } from './protocol.ts';
import { tellError } from './tellError.ts';

let current: { readonly inspector: BrowserInspector; readonly opened: OpenedRuntime } | undefined;

async function open({ bytes, name, runtime }: Calls['open']['ask']): Promise<OpenedModel> {
  await current?.inspector.close();
  current = undefined;
  const model = new Uint8Array(bytes);
  const { metadata } = readInspectorBytes(model, name);
  const search = searchOutputs(metadata);
  const opened = await openRuntime(joined(model, search && exposeSearch(search)), runtime);
  const inspector = loadInBrowser(model, { ...opened, name });
  current = { inspector, opened };
  const { thumbnails } = inspector;
  return { metadata: inspector.metadata, thumbnails, runtime: opened.runtime() };
}

async function inspect({
  source,
  name,
  thumbnail,
}: Calls['inspect']['ask']): Promise<InspectedPhoto> {
  if (current === undefined) {
    throw usageError({ what: 'no model is open', remedy: 'choose the model again' });
  }
  const { inspector, opened } = current;
  const start = performance.now();
  const image = await decodePhoto(source, name);
  const decoded = performance.now();
  const inspected = await inspector.inspect(image, name);
  const end = performance.now();
  return {
    ...inspected,
    thumbnail: thumbnail ? await thumbnailOf(image) : undefined,
    runtime: opened.runtime(),
    milliseconds: { decode: decoded - start, inspect: end - decoded },
  };
}

let last: Promise<unknown> = Promise.resolve();

/**
 * Of two models that open at once either could be the one that stays, and a graphics card takes no second
 * session while it computes.
 */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const done = last.then(work);
  last = done.catch(() => undefined);
  return done;
}

function joined(model: Uint8Array, more: Uint8Array | undefined): Uint8Array {
  if (more === undefined) return model;
  const all = new Uint8Array(model.length + more.length);
  all.set(model);
  all.set(more, model.length);
  return all;
}

function answer(message: ToWorker): Promise<Calls[Call]['answer']> | Calls[Call]['answer'] {
  switch (message.kind) {
    case 'open':
      return inTurn(() => open(message.ask));
    case 'inspect':
      return inTurn(() => inspect(message.ask));
    case 'band':
      return rateBand(message.ask.n);
  }
}

self.addEventListener('message', async ({ data }: MessageEvent<ToWorker>) => {
  const { id } = data;
  try {
    self.postMessage({ id, answer: await answer(data) });
  } catch (error) {
    self.postMessage({ id, error: tellError(error, data.ask.name) });
  }
});
