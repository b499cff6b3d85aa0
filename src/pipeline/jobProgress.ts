import type { ProgressEvent, ReportProgress } from '../core/progress.ts';
import type { Job } from './job.ts';

export interface JobProgress {
  begin(job: Job): void;
  /** What the job itself reports. */
  within(job: Job, event: ProgressEvent): void;
  /** Its result is there. */
  end(job: Job): void;
  /** It is left to another run, for now. */
  held(job: Job): void;
}

/**
 * One step for a whole run, so that it has one bar and one estimate: `done` and `total` count jobs,
 * `share` weighs them with their expected seconds, `detail` says what is in work:
 * `embed/bottle/clean (reading images)`.
 */
export function trackJobs(jobs: readonly Job[], onProgress?: ReportProgress): JobProgress {
  const total = jobs.reduce((sum, job) => sum + expectedSeconds(job), 0);
  const running = new Map<Job, { readonly share: number; readonly step: string }>();
  const elsewhere = new Set<Job>();
  let ended = 0;
  let secondsEnded = 0;

  const report = () => {
    let seconds = secondsEnded;
    for (const [job, { share }] of running) seconds += share * expectedSeconds(job);
    onProgress?.({
      step: 'running jobs',
      done: ended,
      total: jobs.length,
      share: total === 0 ? 0 : Math.min(1, seconds / total),
      detail: [...detail()].join(', '),
    });
  };
  function* detail(): Iterable<string> {
    for (const [{ id }, { step }] of running) yield step === '' ? id : `${id} (${step})`;
    if (running.size === 0) for (const { id } of elsewhere) yield `${id} (in another run)`;
  }

  return {
    begin(job) {
      elsewhere.delete(job);
      running.set(job, { share: 0, step: '' });
      report();
    },
    within(job, { step, done, total: of }) {
      const known = running.get(job);
      if (known === undefined) return;
      // A job may have several steps: what is shown does not go back, nor reach the end before it.
      const share = of > 0 ? Math.min(done / of, 0.99) : 0;
      running.set(job, { share: Math.max(known.share, share), step });
      report();
    },
    end(job) {
      running.delete(job);
      ended++;
      secondsEnded += expectedSeconds(job);
      report();
    },
    held(job) {
      if (elsewhere.has(job)) return;
      elsewhere.add(job);
      report();
    },
  };
}

export const expectedSeconds = (job: Job): number => job.seconds ?? 1;
