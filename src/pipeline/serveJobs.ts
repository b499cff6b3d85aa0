import { Worker } from 'node:worker_threads';
import { removePartials } from '../core/atomicFile.ts';
import { internalError } from '../core/error.ts';
import type { ProgressEvent } from '../core/progress.ts';
import { listenToWork, type WorkSpan } from '../core/trace.ts';
import { doWork } from './doWork.ts';
import type { Registry } from './kind.ts';
import { packError, type Reply, type Request } from './workerMessage.ts';

/** Between two progress events that the parent is told of. */
const PROGRESS_MS = 100;
/** Between two looks whether the parent still lives. */
const WATCH_MS = 500;

/**
 * What a worker of the process executor does: the jobs its parent sends, one at a time, until the
 * parent is gone.
 */
export function serveJobs(registry: Registry): void {
  if (process.send === undefined) {
    throw internalError({ what: 'a worker is started by the process executor, not by itself' });
  }
  let controller = new AbortController();
  const send = (reply: Reply) => process.send!(reply);
  // Ctrl-C reaches the whole group of processes; the parent says when to stop.
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => {});
  const end = () => {
    removePartials();
    process.exit();
  };
  process.on('disconnect', end);
  if (!process.connected) end();
  endWithParent();
  process.on('message', (request: Request) => {
    if (request.type === 'abort') {
      controller.abort(internalError({ what: 'the run was stopped' }));
      return;
    }
    controller = new AbortController();
    const control = { signal: controller.signal, onProgress: nowAndThen(send) };
    const work = () => doWork(registry, request.work, control);
    const report = (span: WorkSpan) => send({ type: 'worked', span });
    (request.traced ? listenToWork(report, work) : work()).then(
      (measured) => send({ type: 'done', measured }),
      (error: unknown) => send({ type: 'failed', failure: packError(error) }),
    );
  });
}

function nowAndThen(send: (reply: Reply) => void): (event: ProgressEvent) => void {
  let nextAt = 0;
  return (event) => {
    const now = performance.now();
    if (now < nextAt) return;
    nextAt = now + PROGRESS_MS;
    send({ type: 'progress', event });
  };
}

/**
 * A job that computes in one piece does not hear that the parent is gone, and would hold its
 * memory for seconds while a new run starts. A thread of its own looks after that.
 */
function endWithParent(): void {
  const watch = `setInterval(() => {
    if (process.ppid !== ${process.ppid}) process.kill(process.pid, 'SIGKILL');
  }, ${WATCH_MS})`;
  new Worker(watch, { eval: true }).unref();
}
