/** Scores of good images above a line, of flawed ones below it, and the threshold across both. */
import { score as told } from '../parts/numbers.ts';
import { countBins, type Range, ticksOf } from './bins.ts';

export interface HistogramProps {
  readonly normal: readonly number[];
  readonly anomalous: readonly number[];
  readonly range: Range;
  readonly threshold: number;
  /** The model's own. */
  readonly own: number;
  /** Of the photograph looked at. */
  readonly score: number | undefined;
}

const WIDTH = 320;
const HEIGHT = 150;
const TOP = 16;
const BOTTOM = 22;
const BINS = 32;
const END = HEIGHT - BOTTOM;

export function Histogram(props: HistogramProps) {
  const { normal, anomalous, range, threshold, own, score } = props;
  // Where there are no flawed images their half of the drawing goes to the good ones.
  const middle = anomalous.length === 0 ? END : TOP + (END - TOP) * 0.55;
  const at = (value: number) => {
    const share = (value - range.low) / (range.high - range.low);
    return WIDTH * Math.min(Math.max(share, 0), 1);
  };
  const bars = (kind: 'normal' | 'anomalous') => {
    const counts = countBins(kind === 'normal' ? normal : anomalous, range, BINS);
    const room = kind === 'normal' ? middle - TOP : END - middle;
    const most = Math.max(1, ...counts);
    return counts.map((count, bin) => {
      const height = (count / most) * room;
      return (
        <rect
          key={`${kind} ${bin}`}
          class={kind}
          x={(bin * WIDTH) / BINS + 0.5}
          width={WIDTH / BINS - 1}
          y={kind === 'normal' ? middle - height : middle}
          height={height}
        />
      );
    });
  };
  const label =
    `Histogram of scores: ${normal.length} good images, ${anomalous.length} flawed ones, ` +
    `the threshold at ${told(threshold)}`;
  return (
    <svg class="histogram" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <rect
        class="flagged"
        x={at(threshold)}
        y={TOP - 6}
        width={WIDTH - at(threshold)}
        height={END - TOP + 6}
      />
      {bars('normal')}
      {bars('anomalous')}
      <line class="axis" x1="0" x2={WIDTH} y1={middle} y2={middle} />
      <line class="axis" x1="0" x2={WIDTH} y1={END} y2={END} />
      {ticksOf(range, 5).map((tick) => (
        <text key={tick} x={at(tick)} y={HEIGHT - 6} text-anchor="middle">
          {tick}
        </text>
      ))}
      <line class="own" x1={at(own)} x2={at(own)} y1={TOP - 6} y2={END} />
      {score !== undefined && (
        <path class="this" d={`M${at(score)} ${TOP}l-5 -9h10z`}>
          <title>This photograph</title>
        </path>
      )}
      <line class="threshold" x1={at(threshold)} x2={at(threshold)} y1={TOP - 10} y2={END + 4} />
    </svg>
  );
}
