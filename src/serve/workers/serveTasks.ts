/** What a worker process does: the tasks its server sends, one at a time, until the server is gone. */
import { internalError } from '../../core/error.ts';
import { packError } from '../../pipeline/workerMessage.ts';
import { Refusal } from '../problem.ts';
import type { WorkerReply, WorkerRequest } from './message.ts';
import { openTaskJudge, type TaskJudge } from './openTaskJudge.ts';

export function serveTasks(): void {
  if (process.send === undefined) {
    throw internalError({ what: 'a worker is started by the server, not by itself' });
  }
  const send = (reply: WorkerReply) => process.send!(reply);
  // Ctrl-C reaches the whole group of processes; the server says when to stop.
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => {});
  process.on('disconnect', () => process.exit());
  if (!process.connected) process.exit();
  let judge: TaskJudge | undefined;
  const answer = async (request: WorkerRequest): Promise<WorkerReply> => {
    if (request.type === 'open') {
      judge = await openTaskJudge(request.setup);
      return { type: 'opened', residentBytes: process.memoryUsage.rss() };
    }
    if (judge === undefined) throw internalError({ what: 'a task came before the models' });
    return { type: 'judged', answer: await judge.judge(request.task) };
  };
  process.on('message', (request: WorkerRequest) => {
    answer(request).then(send, (error: unknown) => send(failureOf(error)));
  });
}

function failureOf(error: unknown): WorkerReply {
  if (!(error instanceof Refusal)) return { type: 'failed', failure: packError(error) };
  const { status, details } = error;
  return { type: 'refused', status, details };
}
