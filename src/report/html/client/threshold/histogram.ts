/** Scores of normal images above a line, of anomalous ones below it, and the threshold across both. */
import type { ExploredSet } from '../../pageData.ts';
import { shape } from '../dom.ts';
import { axisTicks, countBins, type Range, scoreText } from './scoreRange.ts';

const HEIGHT = 250;
const LEFT = 40;
const RIGHT = 12;
const TOP = 22;
const BOTTOM = 44;
const BINS = 36;
const MIDDLE = TOP + (HEIGHT - TOP - BOTTOM) / 2;
const END = HEIGHT - BOTTOM;

export interface Histogram {
  readonly drawing: SVGSVGElement;
  readonly moveTo: (threshold: number) => void;
}

/** @param width in pixels, so that text has its size on phones too */
export function drawHistogram(set: ExploredSet, range: Range, width: number): Histogram {
  const end = width - RIGHT;
  const at = (score: number) =>
    LEFT + ((score - range.low) / (range.high - range.low)) * (end - LEFT);
  const normal = countBins(set.normal, range, BINS);
  const anomalous = countBins(set.anomalous, range, BINS);
  const most = Math.max(1, ...normal, ...anomalous);
  const unit = (MIDDLE - TOP) / most;
  const flagged = shape('rect', { class: 'flagged', y: TOP, height: END - TOP });
  const line = shape('line', { class: 'threshold', y1: TOP - 6, y2: END + 6 });
  const bar = (kind: string, down: boolean) => (count: number, bin: number) =>
    shape('rect', {
      class: kind,
      x: LEFT + (bin * (end - LEFT)) / BINS + 0.5,
      width: (end - LEFT) / BINS - 1,
      y: down ? MIDDLE : MIDDLE - count * unit,
      height: count * unit,
    });
  const drawing = shape(
    'svg',
    { viewBox: `0 0 ${width} ${HEIGHT}`, role: 'img', class: 'histogram', 'aria-label': told(set) },
    flagged,
    ...normal.map(bar('normal', false)),
    ...anomalous.map(bar('anomalous', true)),
    shape('line', { class: 'axis', x1: LEFT, x2: end, y1: MIDDLE, y2: MIDDLE }),
    ...countLabels(most),
    ...scoreAxis(range, at, (LEFT + end) / 2),
    ...set.marks.flatMap(({ threshold }, i) => mark(at(threshold), markLetter(i))),
    line,
  );
  const moveTo = (threshold: number) => {
    const x = Math.min(Math.max(at(threshold), LEFT), end);
    line.setAttribute('x1', String(x));
    line.setAttribute('x2', String(x));
    flagged.setAttribute('x', String(x));
    flagged.setAttribute('width', String(end - x));
  };
  return { drawing, moveTo };
}

/** Marks are told apart by letters: in the drawing there is no room for their names. */
export const markLetter = (index: number): string => String.fromCharCode(65 + (index % 26));

const told = ({ normal, anomalous }: ExploredSet): string =>
  `Histogram of anomaly scores: ${normal.length} normal images${spread(normal)}, ` +
  `${anomalous.length} anomalous images${spread(anomalous)}`;

const spread = (sorted: readonly number[]): string =>
  sorted.length === 0 ? '' : ` from ${scoreText(sorted[0]!)} to ${scoreText(sorted.at(-1)!)}`;

const mark = (x: number, letter: string) => [
  shape('line', { class: 'mark', x1: x, x2: x, y1: TOP, y2: END }),
  shape('text', { class: 'mark', x, y: TOP - 8, 'text-anchor': 'middle' }, letter),
];

const countLabels = (most: number) =>
  [TOP, END].map((y) =>
    shape('text', { x: LEFT - 6, y: y + 4, 'text-anchor': 'end' }, String(most)),
  );

const scoreAxis = (range: Range, at: (score: number) => number, middle: number) => [
  ...axisTicks(range).flatMap((tick) => [
    shape('line', { class: 'axis', x1: at(tick), x2: at(tick), y1: END, y2: END + 4 }),
    shape('text', { x: at(tick), y: END + 18, 'text-anchor': 'middle' }, scoreText(tick)),
  ]),
  shape('text', { x: middle, y: HEIGHT - 6, 'text-anchor': 'middle' }, 'anomaly score'),
];
