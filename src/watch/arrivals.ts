/** Images that come into a folder, each once it is written whole. */
import { access, constants } from 'node:fs/promises';
import { type FSWatcher, watch } from 'chokidar';
import { isImageFile } from '../image/imageFormat.ts';
import { folderFailure, imagePaths } from './findImages.ts';
import { createSettler, type SettledFile } from './settle.ts';

export interface Arrivals extends AsyncDisposable {
  /**
   * The next image, in the order in which they became still.
   * @returns `idle` where none came in time, `stopped` once the signal is aborted
   * @throws FlawmapError where the folder is gone or cannot be watched any more
   */
  next(timeoutMs: number): Promise<SettledFile | 'idle' | 'stopped'>;
  /** Hands an image on once more, after so many milliseconds without a change. */
  again(file: SettledFile, quietMs: number): void;
}

export interface ArrivalOptions {
  /** Absolute path. */
  readonly folder: string;
  /** Told the absolute path of every folder and file in it. */
  isIgnored(path: string): boolean;
  /** Milliseconds without a change after which a file is whole. */
  readonly settleMs: number;
  /** Ask for changes instead of being told: for network drives. */
  readonly poll: boolean;
  /** Images that are there already, in order: these arrive too. */
  readonly first: readonly { readonly path: string; readonly noticed: Date }[];
  /** Absolute paths of images that are there and do not arrive unless they change. */
  readonly known: readonly string[];
  /** Told of files that are no longer there. */
  onGone(path: string): void;
  readonly signal: AbortSignal | undefined;
}

/** How often the folder is asked whether it is still there, and listed in case an event was lost. */
const LOOK_MS = 2000;
const LIST_MS = 30_000;
const POLL_MS = 500;

/** @throws FlawmapError where the folder cannot be watched */
export async function openArrivals(options: ArrivalOptions): Promise<Arrivals> {
  const { folder, isIgnored, settleMs, signal } = options;
  const queue: SettledFile[] = [];
  let failure: unknown;
  let wake = () => {};
  const fail = (error: unknown) => {
    failure ??= folderFailure(folder, error);
    wake();
  };
  const settler = createSettler(settleMs, (file) => {
    queue.push(file);
    wake();
  });
  const known = new Set(options.known);
  const notice = (path: string, noticed = new Date()) => {
    if (!isImageFile(path) || isIgnored(path)) return;
    known.add(path);
    settler.notice(path, noticed);
  };
  for (const { path, noticed } of options.first) notice(path, noticed);

  const watcher = watch(folder, {
    ignored: (path) => path !== folder && isIgnored(path),
    usePolling: options.poll,
    interval: POLL_MS,
    binaryInterval: POLL_MS,
    // `settle` does this, and looks at the time of change too.
    awaitWriteFinish: false,
  });
  watcher.on('add', (path) => {
    if (!known.has(path)) notice(path);
  });
  watcher.on('change', (path) => notice(path));
  watcher.on('unlink', (path) => {
    known.delete(path);
    options.onGone(path);
  });
  watcher.on('error', fail);
  await ready(watcher);

  const look = setInterval(() => {
    access(folder, constants.R_OK | constants.X_OK).catch(fail);
  }, LOOK_MS);
  // Systems drop events when too many come at once.
  const list = setInterval(() => {
    imagePaths(folder, isIgnored).then((paths) => {
      for (const path of paths) if (!known.has(path)) notice(path);
    }, fail);
  }, LIST_MS);
  const onAbort = () => wake();
  signal?.addEventListener('abort', onAbort);

  return {
    async next(timeoutMs) {
      const due = performance.now() + timeoutMs;
      for (;;) {
        if (signal?.aborted) return 'stopped';
        if (failure !== undefined) throw failure;
        const file = queue.shift();
        if (file !== undefined) return file;
        const left = due - performance.now();
        if (left <= 0) return 'idle';
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    },
    again: (file, quietMs) => settler.again(file, quietMs),
    async [Symbol.asyncDispose]() {
      clearInterval(look);
      clearInterval(list);
      signal?.removeEventListener('abort', onAbort);
      settler.close();
      await watcher.close();
    },
  };
}

/** An error ends the wait too: it is told by whoever asks for the next image. */
const ready = (watcher: FSWatcher): Promise<void> =>
  new Promise((resolve) => {
    watcher.once('ready', resolve);
    watcher.once('error', () => resolve());
  });
