import { expect, it } from 'vitest';
import { chromeTrace } from './chromeTrace.ts';
import type { WorkSpan } from './trace.ts';

const span = (name: string, process: number, start: number, milliseconds: number): WorkSpan => ({
  name,
  process,
  start: 1e12 + start,
  milliseconds,
  detail: { job: name },
});

interface Event {
  ph: string;
  name: string;
  pid: number;
  tid: number;
  ts?: number;
  dur?: number;
  args: Record<string, string>;
}

const eventsOf = (spans: readonly WorkSpan[], self = 1) =>
  (JSON.parse(chromeTrace(spans, self)) as { traceEvents: Event[] }).traceEvents;

it('has microseconds from the first span on, and a named track for each process', () => {
  const events = eventsOf([span('b', 2, 10.5, 2), span('a', 1, 10, 4)]);
  expect(events).toEqual([
    { ph: 'M', name: 'process_name', pid: 1, tid: 0, args: { name: 'flawmap' } },
    { ph: 'X', name: 'a', pid: 1, tid: 0, ts: 0, dur: 4000, args: { job: 'a' } },
    { ph: 'M', name: 'process_name', pid: 2, tid: 0, args: { name: 'worker 2' } },
    { ph: 'X', name: 'b', pid: 2, tid: 0, ts: 500, dur: 2000, args: { job: 'b' } },
  ]);
});

it('puts what lies within into the same lane, and what overlaps into the next', () => {
  const spans = [
    span('job', 1, 0, 100),
    span('decode 1', 1, 1, 10),
    span('decode 2', 1, 2, 15),
    span('run', 1, 11, 20),
    span('decode 3', 1, 12, 4),
  ];
  const lanes = eventsOf(spans)
    .filter(({ ph }) => ph === 'X')
    .map(({ name, tid }) => [name, tid]);
  expect(Object.fromEntries(lanes)).toEqual({
    job: 0,
    'decode 1': 0,
    'decode 2': 1,
    run: 0,
    'decode 3': 0,
  });
});

it('is whole with nothing in it', () => {
  expect(eventsOf([])).toEqual([]);
});
