/** Predictions as lines of a table that is printed while they come. */
import type { Prediction } from '../../inspection/predict.ts';
import type { CommandContext } from '../command.ts';
import { formatScore } from './formatScore.ts';
import { relativePath } from './relativePath.ts';

export interface PredictionLines {
  readonly heading: string;
  line(prediction: Prediction): string;
}

const VERDICT_WIDTH = 'anomalous'.length;
const FLAWS_WIDTH = 'flaws'.length;

/** The columns are wide enough for scores ten times the threshold. */
export function predictionLines(
  threshold: number,
  paint: CommandContext['paint'],
): PredictionLines {
  const limit = formatScore(threshold, threshold);
  const width = Math.max(limit.length + 1, 'threshold'.length);
  const row = (score: string, limitCell: string, rest: readonly string[]) =>
    [score.padStart(width), limitCell.padStart(width), ...rest].join('  ');
  return {
    heading: row('score', 'threshold', ['verdict'.padEnd(VERDICT_WIDTH), 'flaws', 'image']),
    line({ score, verdict, boxes, path }) {
      const colour = verdict === 'anomalous' ? 'red' : 'green';
      return row(formatScore(score, threshold), limit, [
        paint(colour, verdict.padEnd(VERDICT_WIDTH)),
        String(boxes.length).padStart(FLAWS_WIDTH),
        relativePath(path),
      ]);
    },
  };
}
