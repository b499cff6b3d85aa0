import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { environmentError, type FlawmapError } from '../core/error.ts';
import { hugePagesVariable } from '../core/hugePages.ts';
import type { RunControl } from '../core/progress.ts';
import { workListener } from '../core/trace.ts';
import type { Measured } from './artifact.ts';
import type { Executor, Work } from './executor.ts';
import { type Reply, type Request, unpackError } from './workerMessage.ts';

export interface ProcessExecutorOptions {
  /** Module that calls `serveJobs`. */
  readonly entry: URL;
  /** Processes; each is told to use its share of the cores (`FLAWMAP_THREADS`). */
  readonly workers: number;
  /** Cores that they share; default: all. */
  readonly cores?: number;
  /** What their environment has besides this process's own. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** How long an aborted job may take to stop, and a process to end. */
const PATIENCE_MS = 5_000;
/** A process that has needed more is not used again: what its libraries keep, others lack. */
const GROWN_BYTES = 2 ** 30;
/** Of what a process has said on stderr, what is kept for the message when it dies. */
const LAST_WORDS = 2_000;

interface WorkerProcess {
  readonly child: ChildProcess;
  lastWords: string;
}

/**
 * Does jobs in processes of their own, so that several run at once, memory is given back, and a
 * crash fails one job. They start when needed, do not keep this process alive, and end with it. Work
 * that is to be alone has a process of its own, and all cores.
 */
export function processExecutor({
  entry,
  workers,
  cores = availableParallelism(),
  environment,
}: ProcessExecutorOptions): Executor {
  const idle: WorkerProcess[] = [];
  const all = new Set<WorkerProcess>();

  function start(threads: number): WorkerProcess {
    const child = fork(entry, [], {
      env: {
        ...process.env,
        ...hugePagesVariable(),
        ...environment,
        FLAWMAP_THREADS: String(threads),
      },
      // Output belongs to the parent, which draws progress and prints results.
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const worker: WorkerProcess = { child, lastWords: '' };
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      worker.lastWords = (worker.lastWords + text).slice(-LAST_WORDS);
    });
    // Whoever waits for the process hears of it; without a listener it would end the program.
    child.on('error', () => {});
    child.once('exit', () => {
      all.delete(worker);
      const place = idle.indexOf(worker);
      if (place >= 0) idle.splice(place, 1);
    });
    all.add(worker);
    return worker;
  }

  return {
    slots: workers,
    async execute(work, control) {
      control.signal?.throwIfAborted();
      const share = Math.max(1, Math.floor(cores / workers));
      const worker = work.alone ? start(cores) : (idle.pop() ?? start(share));
      keepAlive(worker, true);
      try {
        const measured = await converse(worker, work, control);
        if (work.alone || measured.peakBytes > GROWN_BYTES) await stop(worker);
        else idle.push(worker);
        return measured;
      } catch (error) {
        await stop(worker);
        throw error;
      } finally {
        keepAlive(worker, false);
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...all].map(stop));
    },
  };
}

/** Whether this process stays alive for that one. */
function keepAlive({ child }: WorkerProcess, yes: boolean): void {
  // Pipes are sockets, which the types do not say.
  const stderr = child.stderr as unknown as { ref(): void; unref(): void };
  for (const handle of [child, child.channel, stderr]) {
    if (yes) handle?.ref();
    else handle?.unref();
  }
}

function converse(
  worker: WorkerProcess,
  work: Work,
  { onProgress, signal }: RunControl,
): Promise<Measured> {
  const { child } = worker;
  const onWork = workListener();
  return new Promise((resolve, reject) => {
    let killing: NodeJS.Timeout | undefined;
    const send = (request: Request) => child.send(request, () => {});
    const abort = () => {
      send({ type: 'abort' });
      killing = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    };
    const settle = () => {
      clearTimeout(killing);
      signal?.removeEventListener('abort', abort);
      child.off('message', listen).off('close', leave).off('error', fail);
    };
    const fail = (error: unknown) => {
      settle();
      reject(signal?.aborted ? signal.reason : error);
    };
    const listen = (reply: Reply) => {
      if (reply.type === 'progress') return onProgress?.(reply.event);
      if (reply.type === 'worked') return onWork?.(reply.span);
      if (reply.type === 'failed') return fail(unpackError(reply.failure));
      settle();
      resolve(reply.measured);
    };
    // After the end of its output.
    const leave = (code: number | null, killedBy: string | null) =>
      fail(deathOf(code, killedBy, worker.lastWords));
    child.on('message', listen).once('close', leave).once('error', fail);
    signal?.addEventListener('abort', abort, { once: true });
    send({ type: 'work', work, traced: onWork !== undefined });
  });
}

function deathOf(code: number | null, killedBy: string | null, lastWords: string): FlawmapError {
  const how = killedBy === null ? `exit code ${code}` : `signal ${killedBy}`;
  return environmentError({
    what: 'the process that worked on it died',
    found: lastWords.trim() === '' ? how : `${how}, after saying: ${lastWords.trim()}`,
    remedy:
      killedBy === 'SIGKILL'
        ? 'the system may have run out of memory: try fewer workers, then run again; finished work is kept'
        : 'run again; finished work is kept',
  });
}

/** Settles when the process has ended. */
function stop({ child }: WorkerProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    const killing = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    child.once('exit', () => {
      clearTimeout(killing);
      resolve();
    });
    if (child.connected) child.disconnect();
  });
}
