/** Predictions as lines of a table that is printed while they come. */
import type { Prediction } from '../../inspection/predict.ts';
import type { CommandContext } from '../command.ts';
import { formatScore } from './formatScore.ts';
import { relativePath } from './relativePath.ts';
import { VERDICT_COLOURS } from './verdictColours.ts';

export interface PredictionLines {
  readonly heading: string;
  line(prediction: Prediction): string;
}

const VERDICT_WIDTH = 'not judged'.length;
const FLAWS_WIDTH = 'flaws'.length;
const INDENT = ' '.repeat(4);

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
    line({ score, verdict, reason, boxes, path }) {
      const line = row(formatScore(score, threshold), limit, [
        paint(VERDICT_COLOURS[verdict], verdict.padEnd(VERDICT_WIDTH)),
        String(boxes.length).padStart(FLAWS_WIDTH),
        relativePath(path),
      ]);
      const needsReason = verdict === 'unsure' || verdict === 'not judged';
      const notes = [...(needsReason ? [reason] : []), ...boxes.flatMap(sizeOf)];
      return [line, ...notes.map((note) => INDENT + note)].join('\n');
    },
  };
}

function sizeOf({ x, y, millimetres }: Prediction['boxes'][number]): string[] {
  if (millimetres === undefined) return [];
  const { length, area } = millimetres;
  return [`flaw at ${x}, ${y}: ${length.toPrecision(3)} mm long, ${area.toPrecision(3)} mm²`];
}
