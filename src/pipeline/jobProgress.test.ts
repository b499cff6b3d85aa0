import { describe, expect, it } from 'vitest';
import { joinJob } from '../../test/support/pipelineJobs.ts';
import type { ProgressEvent } from '../core/progress.ts';
import { type JobProgress, trackJobs } from './jobProgress.ts';

const SHORT = { ...joinJob('short'), seconds: 1 };
const LONG = { ...joinJob('long'), seconds: 3 };

function eventsOf(work: (progress: JobProgress) => void): ProgressEvent[] {
  const events: ProgressEvent[] = [];
  work(trackJobs([SHORT, LONG], (event) => events.push(event)));
  return events;
}

describe('trackJobs', () => {
  it('is one step that counts jobs, weighs them, and says what is in work', () => {
    const events = eventsOf((progress) => {
      progress.begin(SHORT);
      progress.begin(LONG);
      progress.within(LONG, { step: 'reading', done: 1, total: 2 });
      progress.end(SHORT);
      progress.end(LONG);
    });
    expect(new Set(events.map(({ step }) => step))).toEqual(new Set(['running jobs']));
    expect(events.map(({ done, total, share, detail }) => [done, total, share, detail])).toEqual([
      [0, 2, 0, 'short'],
      [0, 2, 0, 'short, long'],
      [0, 2, 0.375, 'short, long (reading)'],
      [1, 2, 0.625, 'long (reading)'],
      [2, 2, 1, ''],
    ]);
  });

  it('never goes back, nor reaches the end before it', () => {
    const events = eventsOf((progress) => {
      progress.begin(LONG);
      for (const [done, total] of [
        [1, 2],
        [2, 2],
        [0, 5],
        [7, 0],
        [9, 5],
      ] as const) {
        progress.within(LONG, { step: 's', done, total });
      }
    });
    const shares = events.map(({ share }) => share!);
    expect(shares).toEqual([...shares].sort());
    expect(shares.at(-1)).toBeCloseTo((0.99 * 3) / 4);
  });

  it('says what it waits for, once', () => {
    const events = eventsOf((progress) => {
      progress.held(LONG);
      progress.held(LONG);
      progress.begin(SHORT);
      progress.end(SHORT);
      progress.begin(LONG);
    });
    expect(events.map(({ detail }) => detail)).toEqual([
      'long (in another run)',
      'short',
      'long (in another run)',
      'long',
    ]);
  });

  it('does not hear of jobs that are not in work', () => {
    const events = eventsOf((progress) => progress.within(LONG, { step: 's', done: 1, total: 2 }));
    expect(events).toEqual([]);
  });
});
