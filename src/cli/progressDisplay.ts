/** Shows progress: a bar on a terminal, now and then a line elsewhere, events in a JSON log. */
import type { ReportProgress } from '../core/progress.ts';
import { formatDuration } from './quantities.ts';
import { type StepState, trackSteps } from './stepTracker.ts';

export interface ProgressDisplay {
  readonly report: ReportProgress;
  /** Writes something else meanwhile, without being drawn over. */
  aside(write: () => void): void;
  /** Takes away what is still drawn. */
  close(): void;
}

/** Shorter steps, in seconds, leave no line behind. */
const WORTH_A_LINE = 2;
/** Seconds between two lines of one step. */
const LINE_INTERVAL = 4;

const seconds = () => performance.now() / 1000;

/** What a bar must be able to do; cli-progress's SingleBar is one. */
export interface Bar {
  start(total: number, startValue: number, payload: StepState): void;
  update(current: number, payload: StepState): void;
  stop(): void;
}

/** @param bar clears its line when it is stopped */
export function barDisplay(
  bar: Bar,
  writeLine: (line: string) => void,
  now: () => number = seconds,
): ProgressDisplay {
  let drawn: string | undefined;
  const close = () => {
    if (drawn !== undefined) bar.stop();
    drawn = undefined;
  };
  const report = trackSteps(
    {
      update(step) {
        if (drawn === step.step) {
          bar.update(step.done, step);
        } else {
          close();
          bar.start(step.total, step.done, step);
          drawn = step.step;
        }
      },
      end(step) {
        close();
        if (step.elapsed >= WORTH_A_LINE) writeLine(describeEnd(step));
      },
    },
    now,
  );
  return {
    report,
    aside(write) {
      close();
      write();
    },
    close,
  };
}

export function lineDisplay(
  writeLine: (line: string) => void,
  now: () => number = seconds,
): ProgressDisplay {
  let lastLine = { step: '', elapsed: 0 };
  const report = trackSteps(
    {
      update(step) {
        if (step.elapsed === 0 || lastLine.step !== step.step)
          lastLine = { step: step.step, elapsed: 0 };
        if (step.elapsed - lastLine.elapsed < LINE_INTERVAL) return;
        writeLine(`${step.step}: ${describeProgress(step)}`);
        lastLine = step;
      },
      end(step) {
        if (step.elapsed >= WORTH_A_LINE) writeLine(describeEnd(step));
      },
    },
    now,
  );
  return { report, aside: (write) => write(), close: () => {} };
}

/** @param writeEvent takes at most one event a second and one at the end of each step */
export function eventDisplay(
  writeEvent: (event: StepState & { readonly finished: boolean }) => void,
  now: () => number = seconds,
): ProgressDisplay {
  let nextAt = 0;
  const report = trackSteps(
    {
      update(step) {
        const time = now();
        if (time < nextAt) return;
        nextAt = time + 1;
        writeEvent({ ...step, finished: false });
      },
      end: (step) => writeEvent({ ...step, finished: true }),
    },
    now,
  );
  return { report, aside: (write) => write(), close: () => {} };
}

export const silentDisplay: ProgressDisplay = {
  report: () => {},
  aside: (write) => write(),
  close: () => {},
};

/** `45% (90 of 200 MB), 12 s left`; without a known total `90 MB`. */
export function describeProgress({ done, total, left, unit, share, detail }: StepState): string {
  if (total === 0) return counted(done, unit);
  const percent = Math.floor(100 * (share ?? done / total));
  const remaining = left === undefined ? '' : `, ${formatDuration(left)} left`;
  const now = detail ? `: ${detail}` : '';
  return `${percent}% (${done} of ${counted(total, unit)})${remaining}${now}`;
}

const describeEnd = ({ step, done, unit, elapsed }: StepState) =>
  `${step}: ${counted(done, unit)} in ${formatDuration(elapsed)}`;

const counted = (count: number, unit: string | undefined) =>
  unit === undefined ? String(count) : `${count} ${unit}`;
