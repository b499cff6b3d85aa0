/** Workers of a queue as processes, for the small plan of `pipelinePlan.mjs`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { WorkerEvent, WorkerOptions } from '../../src/queue/runWorker.ts';

const WORKER = join(import.meta.dirname, 'queueWorker.mjs');

export interface QueueWorker {
  readonly child: ChildProcess;
  readonly events: readonly WorkerEvent[];
  stderr(): string;
  /** Until it has said so, also if it has already. */
  said(matches: (event: WorkerEvent) => boolean): Promise<void>;
  /** Its exit code or signal. */
  readonly ended: Promise<number | string | null>;
}

export type WorkerSettings = Omit<WorkerOptions, 'registry' | 'entry' | 'onEvent'>;

/** Ready for stages; killed when the test ends. */
export async function startWorker(settings: WorkerSettings): Promise<QueueWorker> {
  const child = spawn(process.execPath, [WORKER, JSON.stringify(settings)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const events: WorkerEvent[] = [];
  let stderr = '';
  createInterface({ input: child.stdout }).on('line', (line) => events.push(JSON.parse(line)));
  child.stderr.on('data', (piece) => (stderr += piece));
  const ended = new Promise<number | string | null>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
  onTestFinished(async () => {
    // One that is stopped does not hear SIGTERM, and its processes end with it.
    child.kill('SIGKILL');
    await ended;
  });
  const worker: QueueWorker = {
    child,
    events,
    stderr: () => stderr,
    async said(matches) {
      while (!events.some(matches)) {
        if (child.exitCode !== null || child.signalCode !== null) {
          throw new Error(`the worker ended: ${stderr}`);
        }
        await wait(10);
      }
    },
    ended,
  };
  await worker.said(({ type }) => type === 'ready');
  return worker;
}

export const startedOn =
  (id?: string) =>
  (event: WorkerEvent): boolean =>
    event.type === 'started' && (id === undefined || event.id === id);
