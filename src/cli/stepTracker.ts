/** Turns bare progress events into steps with a beginning, an end and an estimate. */
import type { ProgressEvent, ReportProgress } from '../core/progress.ts';

export interface StepState extends ProgressEvent {
  /** Seconds since the step's first event. */
  readonly elapsed: number;
  /** Seconds, at the step's average speed; undefined until there is a speed. */
  readonly left: number | undefined;
}

export interface StepView {
  /** Something has moved, or the step has just begun. */
  update(step: StepState): void;
  /** The step is complete. */
  end(step: StepState): void;
}

/**
 * A step ends when its total is reached or another step begins. A total of 0 means unknown.
 * @param now seconds
 */
export function trackSteps(view: StepView, now: () => number): ReportProgress {
  let current:
    | { state: StepState; readonly startedAt: number; readonly startedWith: number }
    | undefined;

  return (event) => {
    if (current !== undefined && current.state.step !== event.step) {
      view.end(current.state);
      current = undefined;
    }
    const time = now();
    const share = event.share ?? (event.total > 0 ? event.done / event.total : 0);
    const { startedAt, startedWith } = current ?? { startedAt: time, startedWith: share };
    const elapsed = time - startedAt;
    const speed = (share - startedWith) / elapsed;
    const left = speed > 0 ? (1 - share) / speed : undefined;
    const state: StepState = { ...event, elapsed, left };
    if (event.total > 0 && event.done >= event.total) {
      view.end(state);
      current = undefined;
    } else {
      current = { state, startedAt, startedWith };
      view.update(state);
    }
  };
}
