/** Does jobs in processes of their own, so that several run at once and each frees its memory. */
import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { environmentError, FlawmapError, internalError } from '../core/error.ts';
import type { ProgressEvent, RunControl } from '../core/progress.ts';
import type { Measured } from './artifact.ts';
import type { Executor, Work } from './executor.ts';
import { doWork } from './inlineExecutor.ts';
import type { Registry } from './kind.ts';

type Request = { readonly type: 'work'; readonly work: Work } | { readonly type: 'abort' };

type Reply =
  | { readonly type: 'progress'; readonly event: ProgressEvent }
  | { readonly type: 'done'; readonly measured: Measured }
  | {
      readonly type: 'failed';
      readonly flawmap?: { readonly kind: FlawmapError['kind']; readonly details: object };
      readonly message: string;
      readonly stack: string | undefined;
    };

/** How long an aborted job may take to stop. */
const PATIENCE_MS = 10_000;

/**
 * @param entry module that calls `serveJobs`
 * @param workers processes; each is told to use its share of the cores
 */
export function processExecutor({
  entry,
  workers,
}: {
  readonly entry: URL;
  readonly workers: number;
}): Executor {
  const idle: ChildProcess[] = [];
  const all = new Set<ChildProcess>();
  const threads = Math.max(1, Math.floor(availableParallelism() / workers));

  function start(): ChildProcess {
    const child = fork(entry, [], {
      env: { ...process.env, FLAWMAP_THREADS: String(threads) },
      // Typed arrays and 64-bit integers as they are.
      serialization: 'advanced',
    });
    all.add(child);
    child.once('exit', () => all.delete(child));
    return child;
  }

  return {
    slots: workers,
    async execute(work, control) {
      const child = idle.pop() ?? start();
      const measured = await converse(child, work, control);
      idle.push(child);
      return measured;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...all].map(stop));
    },
  };
}

function converse(
  child: ChildProcess,
  work: Work,
  { onProgress, signal }: RunControl,
): Promise<Measured> {
  return new Promise((resolve, reject) => {
    let killing: NodeJS.Timeout | undefined;
    const abort = () => {
      child.send({ type: 'abort' } satisfies Request);
      killing = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    };
    const settle = () => {
      clearTimeout(killing);
      signal?.removeEventListener('abort', abort);
      child.off('message', listen);
      child.off('exit', leave);
    };
    const listen = (reply: Reply) => {
      if (reply.type === 'progress') return onProgress?.(reply.event);
      settle();
      if (reply.type === 'done') return resolve(reply.measured);
      void stop(child);
      reject(signal?.aborted ? signal.reason : errorOf(reply));
    };
    const leave = (code: number | null, killedBy: string | null) => {
      settle();
      reject(signal?.aborted ? signal.reason : deathOf(code, killedBy));
    };
    child.on('message', listen);
    child.once('exit', leave);
    signal?.addEventListener('abort', abort, { once: true });
    child.send({ type: 'work', work } satisfies Request);
    if (signal?.aborted) abort();
  });
}

function errorOf({ flawmap, message, stack }: Extract<Reply, { type: 'failed' }>): Error {
  if (flawmap !== undefined) {
    return new FlawmapError(flawmap.kind, flawmap.details as FlawmapError['details']);
  }
  const error = new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}

function deathOf(code: number | null, killedBy: string | null): FlawmapError {
  return environmentError({
    what: 'a process that worked on the study died',
    found: killedBy === null ? `exit code ${code}` : `signal ${killedBy}`,
    remedy:
      killedBy === 'SIGKILL'
        ? 'the system may have run out of memory: try fewer --workers, then run again; finished work is kept'
        : 'run again; finished work is kept',
  });
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const killing = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    child.once('exit', () => {
      clearTimeout(killing);
      resolve();
    });
    if (child.connected) child.disconnect();
  });
}

/** What a worker process does: whatever its parent sends, until the parent is gone. */
export function serveJobs(registry: Registry): void {
  let controller = new AbortController();
  const send = (reply: Reply) => process.send?.(reply);
  // Ctrl-C reaches the whole group of processes; the parent says when to stop.
  process.on('SIGINT', () => {});
  process.on('disconnect', () => process.exit());
  process.on('message', (request: Request) => {
    if (request.type === 'abort') {
      controller.abort(internalError({ what: 'the study was stopped' }));
      return;
    }
    controller = new AbortController();
    const control = {
      signal: controller.signal,
      onProgress: (event: ProgressEvent) => send({ type: 'progress', event }),
    };
    doWork(registry, request.work, control).then(
      (measured) => send({ type: 'done', measured }),
      (error: unknown) => send(failure(error)),
    );
  });
}

function failure(error: unknown): Reply {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const known =
    error instanceof FlawmapError
      ? { flawmap: { kind: error.kind, details: withoutCause(error.details) } }
      : {};
  return { type: 'failed', message, stack, ...known };
}

/** A cause may be anything, and need not survive the way between processes. */
const withoutCause = ({ cause: _, ...details }: FlawmapError['details']) => details;
