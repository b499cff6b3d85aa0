import { describe, expect, it } from 'vitest';
import { barDisplay, describeProgress, eventDisplay, lineDisplay } from './progressDisplay.ts';
import type { StepState } from './stepTracker.ts';

/** A clock in seconds that moves when told. */
function clock() {
  let time = 100;
  return { now: () => time, forward: (seconds: number) => (time += seconds) };
}

describe('lineDisplay', () => {
  function linesOf(
    work: (
      report: ReturnType<typeof lineDisplay>['report'],
      time: ReturnType<typeof clock>,
    ) => void,
  ) {
    const lines: string[] = [];
    const time = clock();
    work(lineDisplay((line) => lines.push(line), time.now).report, time);
    return lines;
  }

  it('says nothing of a short step', () => {
    const lines = linesOf((report, time) => {
      for (let done = 0; done <= 10; done++) {
        report({ step: 'reading', done, total: 10 });
        time.forward(0.1);
      }
    });
    expect(lines).toEqual([]);
  });

  it('writes a line every four seconds, with the time left, and one at the end', () => {
    const lines = linesOf((report, time) => {
      for (let done = 0; done <= 10; done++) {
        report({ step: 'reading', done, total: 10 });
        time.forward(1);
      }
    });
    expect(lines).toEqual([
      'reading: 40% (4 of 10), 6.0 s left',
      'reading: 80% (8 of 10), 2.0 s left',
      'reading: 10 in 10 s',
    ]);
  });

  it('ends a step of unknown size when the next begins', () => {
    const lines = linesOf((report, time) => {
      report({ step: 'looking', done: 0, total: 0 });
      time.forward(5);
      report({ step: 'looking', done: 7, total: 0 });
      report({ step: 'reading', done: 0, total: 3 });
    });
    expect(lines).toEqual(['looking: 7', 'looking: 7 in 5.0 s']);
  });

  it('measures the speed from where the step began, as in a resumed download', () => {
    const lines = linesOf((report, time) => {
      report({ step: 'downloading', done: 80, total: 100 });
      time.forward(5);
      report({ step: 'downloading', done: 90, total: 100 });
    });
    expect(lines).toEqual(['downloading: 90% (90 of 100), 5.0 s left']);
  });

  it('begins anew when a step of the same name comes again', () => {
    const lines = linesOf((report, time) => {
      for (let round = 0; round < 2; round++) {
        report({ step: 'scoring', done: 0, total: 1 });
        time.forward(3);
        report({ step: 'scoring', done: 1, total: 1 });
      }
    });
    expect(lines).toEqual(['scoring: 1 in 3.0 s', 'scoring: 1 in 3.0 s']);
  });

  it('ends with the unit', () => {
    const lines = linesOf((report, time) => {
      report({ step: 'downloading', done: 0, total: 8.5, unit: 'MB' });
      time.forward(3);
      report({ step: 'downloading', done: 8.5, total: 8.5, unit: 'MB' });
    });
    expect(lines).toEqual(['downloading: 8.5 MB in 3.0 s']);
  });
});

describe('barDisplay', () => {
  it('draws one bar a step, clears it for other output, and draws it again', () => {
    const drawn: string[] = [];
    const time = clock();
    const bar = {
      start: (total: number, value: number) => drawn.push(`start ${value}/${total}`),
      update: (value: number) => drawn.push(`update ${value}`),
      stop: () => drawn.push('stop'),
    };
    const display = barDisplay(bar, (line) => drawn.push(line), time.now);
    display.report({ step: 'a', done: 0, total: 4 });
    display.report({ step: 'a', done: 1, total: 4 });
    display.aside(() => drawn.push('a warning'));
    time.forward(3);
    display.report({ step: 'a', done: 2, total: 4 });
    display.report({ step: 'a', done: 4, total: 4 });
    display.report({ step: 'b', done: 0, total: 2 });
    display.close();
    display.close();
    expect(drawn).toEqual([
      'start 0/4',
      'update 1',
      'stop',
      'a warning',
      'start 2/4',
      'stop',
      'a: 4 in 3.0 s',
      'start 0/2',
      'stop',
    ]);
  });
});

describe('eventDisplay', () => {
  it('sends one event a second, and every end', () => {
    const events: (StepState & { finished: boolean })[] = [];
    const time = clock();
    const { report } = eventDisplay((event) => events.push(event), time.now);
    for (let done = 0; done <= 20; done++) {
      report({ step: 'reading', done, total: 20 });
      time.forward(0.25);
    }
    report({ step: 'quick', done: 1, total: 1 });
    expect(events.map(({ done, finished }) => [done, finished])).toEqual([
      [0, false],
      [4, false],
      [8, false],
      [12, false],
      [16, false],
      [20, true],
      [1, true],
    ]);
    expect(events[1]?.left).toBeCloseTo(4);
  });
});

describe('describeProgress', () => {
  it('never says 100% before the end', () => {
    const state = { step: 'x', done: 999, total: 1000, elapsed: 1, left: undefined };
    expect(describeProgress(state)).toBe('99% (999 of 1000)');
  });

  it('says the unit, and the time left', () => {
    const state = { step: 'x', done: 90, total: 200, unit: 'MB', elapsed: 1, left: 12 };
    expect(describeProgress(state)).toBe('45% (90 of 200 MB), 12 s left');
    expect(describeProgress({ ...state, total: 0 })).toBe('90 MB');
  });
});
