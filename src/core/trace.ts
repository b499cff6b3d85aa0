/**
 * What was done when: for whoever wants to see where the time goes, and for tests that count work.
 * Decoders and graphs report themselves; who listens is known by the asynchronous context, so that
 * nothing between has to hand it on.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

export interface WorkSpan {
  /** `decode`, the name of a graph, or of a job its kind. */
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly milliseconds: number;
  /** Id of the process that did it. */
  readonly process: number;
  /** The image's path, the job's id and such. */
  readonly detail: Readonly<Record<string, string>>;
}

export type ReportWork = (span: WorkSpan) => void;

const listening = new AsyncLocalStorage<ReportWork>();

/** Whoever listens here, to hand it on to another process. */
export const workListener = (): ReportWork | undefined => listening.getStore();

/** Does the work, and hears of everything traced in it. */
export const listenToWork = <T>(report: ReportWork, work: () => Promise<T>): Promise<T> =>
  listening.run(report, work);

/** Does the work, and tells how long it took unless it failed. */
export async function traced<T>(
  name: string,
  detail: WorkSpan['detail'],
  work: () => Promise<T>,
): Promise<T> {
  const report = listening.getStore();
  if (report === undefined) return work();
  const start = performance.now();
  const result = await work();
  report({
    name,
    start: performance.timeOrigin + start,
    milliseconds: performance.now() - start,
    process: process.pid,
    detail,
  });
  return result;
}
