/**
 * Work as a trace that Perfetto and chrome://tracing show: a track for each process, in it a lane
 * for jobs and their steps, and more where things overlap (decoding does). The format is the Trace
 * Event Format's JSON object form, times in microseconds.
 */
import type { WorkSpan } from './trace.ts';

interface TraceEvent {
  readonly ph: 'X' | 'M';
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly args?: Readonly<Record<string, string>>;
}

/** Spans of a microsecond less than this overlap by rounding alone. */
const ROUNDING_MS = 1e-3;

/** @param self id of the process that the others worked for */
export function chromeTrace(spans: readonly WorkSpan[], self: number): string {
  const first = spans.reduce(
    (least, { start }) => Math.min(least, start),
    Number.POSITIVE_INFINITY,
  );
  const processes = [...new Set(spans.map((span) => span.process))].sort((a, b) => a - b);
  const events: TraceEvent[] = [];
  for (const process of processes) {
    const name = process === self ? 'flawmap' : `worker ${process}`;
    events.push({ ph: 'M', name: 'process_name', pid: process, tid: 0, args: { name } });
    const own = spans.filter((span) => span.process === process);
    for (const { span, lane } of inLanes(own)) {
      events.push({
        ph: 'X',
        name: span.name,
        pid: process,
        tid: lane,
        ts: microseconds(span.start - first),
        dur: microseconds(span.milliseconds),
        args: span.detail,
      });
    }
  }
  return JSON.stringify({ traceEvents: events, displayTimeUnit: 'ms' });
}

const microseconds = (milliseconds: number) => Math.round(milliseconds * 1000);

const endOf = ({ start, milliseconds }: WorkSpan) => start + milliseconds;

/** In a lane a span lies within another or beside it, as viewers need it; each in the first it can. */
function inLanes(spans: readonly WorkSpan[]): { span: WorkSpan; lane: number }[] {
  // The outer of two that start together first.
  const sorted = spans.toSorted((a, b) => a.start - b.start || b.milliseconds - a.milliseconds);
  /** Of each lane the spans that are open, outermost first. */
  const lanes: WorkSpan[][] = [];
  return sorted.map((span) => {
    for (let lane = 0; ; lane++) {
      const open = (lanes[lane] ?? []).filter((other) => endOf(other) > span.start + ROUNDING_MS);
      const inner = open.at(-1);
      if (inner !== undefined && endOf(span) > endOf(inner) + ROUNDING_MS) continue;
      lanes[lane] = [...open, span];
      return { span, lane };
    }
  });
}
