/** Two models against each other, for people. */
import type { Comparison } from '../../inspection/compare/comparison.ts';
import { METRIC_TITLES } from '../../inspection/compare/judgeComparison.ts';
import type { TestOutcome } from '../../stats/testOutcome.ts';
import type { CommandContext } from '../command.ts';
import { type Cell, textTable } from '../textTable.ts';
import { formatScore } from './formatScore.ts';
import { relativePath } from './relativePath.ts';

const SHOWN = 20;

export function describeComparison(comparison: Comparison, paint: CommandContext['paint']): string {
  const { objections, counts, golden } = comparison;
  const images = `${counts.normal} normal and ${counts.anomalous} anomalous test images`;
  const verdict =
    objections.length === 0
      ? paint('green', `the new model may take the old one's place (${images})`)
      : paint('red', `the new model is not to be taken (${images}): ${objections.join('; ')}`);
  return [
    verdict,
    '',
    metricTable(comparison),
    '',
    ...tests(comparison),
    ...flips(comparison),
    ...(golden === null ? [] : goldenLines(comparison, golden)),
  ].join('\n');
}

const decimals = (value: number | null) => (value === null ? '-' : value.toFixed(4));

function metricTable({ metrics, old, new: fresh }: Comparison): string {
  const rows = metrics.map((metric): Cell[] => [
    METRIC_TITLES[metric.name],
    decimals(metric.old),
    decimals(metric.new),
    metric.difference === null
      ? '-'
      : `${metric.difference > 0 ? '+' : ''}${metric.difference.toFixed(4)}`,
  ]);
  const score = (value: number) => formatScore(value, value);
  rows.push(['threshold', score(old.threshold), score(fresh.threshold), '']);
  return textTable(['', 'old', 'new', 'difference'], rows);
}

function tests({ bootstrap, delong, mcnemar }: Comparison): string[] {
  const { interval } = bootstrap;
  const range =
    interval === null
      ? ''
      : `; 95% of the difference: ${interval.low.toFixed(4)} to ${interval.high.toFixed(4)}`;
  return [
    `AUROC: bootstrap ${outcome(bootstrap)}, DeLong ${outcome(delong)}${range}`,
    `verdicts: McNemar ${outcome(mcnemar)}`,
  ];
}

const outcome = ({ pValue, reason }: TestOutcome) =>
  pValue === null ? `not computable (${reason})` : `p = ${Number(pValue.toPrecision(3))}`;

function flips({ flipped, old, new: fresh }: Comparison): string[] {
  if (flipped.length === 0) return ['', 'no image is judged differently'];
  const rows = flipped
    .slice(0, SHOWN)
    .map(({ id, label, change, scores, picture }): Cell[] => [
      change,
      label,
      formatScore(scores.old, old.threshold),
      formatScore(scores.new, fresh.threshold),
      picture === undefined ? id : relativePath(picture),
    ]);
  const rest = flipped.length > SHOWN ? [`and ${flipped.length - SHOWN} more`] : [];
  const headers = ['judged differently', 'is', 'old score', 'new score', 'image'];
  return ['', textTable(headers, rows), ...rest];
}

function goldenLines(
  { new: fresh }: Comparison,
  { images, failures }: NonNullable<Comparison['golden']>,
): string[] {
  return [
    '',
    `golden images: ${images - failures.length} of ${images} judged rightly`,
    ...failures.map(
      ({ id, label, score }) =>
        `  ${id} is ${label}, score ${formatScore(score, fresh.threshold)} at a threshold of ${formatScore(fresh.threshold, fresh.threshold)}`,
    ),
  ];
}
