/** A worker as the pool sees it, and as a process of its own. */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { environmentError, type FlawmapError } from '../../core/error.ts';
import { hugePagesVariable } from '../../core/hugePages.ts';
import { unpackError } from '../../pipeline/workerMessage.ts';
import { Refusal } from '../problem.ts';
import type { JudgeTask, TaskAnswer, WorkerReply, WorkerRequest, WorkerSetup } from './message.ts';

export interface Worker {
  /** Resolves to the bytes that it holds in memory when its models are open. */
  readonly opened: Promise<number>;
  /** Resolves when it has ended, whatever the reason, with what is to be said of it. */
  readonly ended: Promise<FlawmapError>;
  /** One at a time. Never settles when the worker ends meanwhile: `ended` does. */
  judge(task: JudgeTask): Promise<TaskAnswer>;
  /** Asks it to end; its work is lost. */
  end(): void;
  kill(): void;
}

export type StartWorker = () => Worker;

/** Of what a worker has said on stderr, what is kept for the message when it dies. */
const LAST_WORDS = 2_000;
/** Until what it has said has come. */
const LAST_WORDS_MS = 20;

/**
 * Workers share the cores (`FLAWMAP_THREADS`, where that is set, says how many there are).
 * @param entry module that calls `serveTasks`
 */
export function processWorkers(entry: URL, setup: WorkerSetup, workers: number): StartWorker {
  const told = Number(process.env.FLAWMAP_THREADS);
  const cores = Number.isInteger(told) && told > 0 ? told : availableParallelism();
  const threads = Math.max(1, Math.floor(cores / workers));
  return () => {
    const child = fork(entry, [], {
      env: { ...process.env, ...hugePagesVariable(), FLAWMAP_THREADS: String(threads) },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let lastWords = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      lastWords = (lastWords + text).slice(-LAST_WORDS);
    });
    const ended = new Promise<FlawmapError>((resolve) => {
      child.once('error', (error) => resolve(deathOf(error.message, lastWords)));
      child.once('exit', (code, signal) => {
        const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
        // `close` does not come where it was us who ended the channel.
        setTimeout(() => resolve(deathOf(how, lastWords)), LAST_WORDS_MS);
      });
    });
    const ask = (request: WorkerRequest) =>
      new Promise<WorkerReply>((resolve, reject) => {
        child.once('message', (reply: WorkerReply) => {
          if (reply.type === 'failed') reject(unpackError(reply.failure));
          else if (reply.type === 'refused') reject(new Refusal(reply.status, reply.details));
          else resolve(reply);
        });
        // A worker that is gone is told by `ended`.
        child.send(request, () => {});
      });
    return {
      opened: ask({ type: 'open', setup }).then((reply) =>
        reply.type === 'opened' ? reply.residentBytes : 0,
      ),
      ended,
      judge: (task) =>
        ask({ type: 'judge', task }).then((reply) => (reply as { answer: TaskAnswer }).answer),
      end() {
        if (child.connected) child.disconnect();
      },
      kill: () => void child.kill('SIGKILL'),
    };
  };
}

function deathOf(how: string, lastWords: string): FlawmapError {
  return environmentError({
    what: 'the process that judged the image died',
    found: lastWords.trim() === '' ? how : `${how}, after saying: ${lastWords.trim()}`,
    remedy:
      how === 'signal SIGKILL'
        ? 'the system may have run out of memory: start the server with fewer --workers'
        : "see the server's log, and send the image again",
  });
}
