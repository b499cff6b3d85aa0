/** What an evaluation has found, for people. */
import type { Evaluation } from '../../inspection/evaluation/evaluation.ts';
import type { CommandContext } from '../command.ts';
import { type Cell, textTable } from '../textTable.ts';
import { formatScore } from './formatScore.ts';
import { RULE_NAMES } from './ruleNames.ts';

const METRIC_NAMES = {
  auroc: 'AUROC',
  average_precision: 'average precision',
  f1: 'F1',
  accuracy: 'accuracy',
  precision: 'precision',
  recall: 'recall',
  specificity: 'specificity',
  balanced_accuracy: 'balanced accuracy',
  mcc: 'MCC',
  pro: 'PRO',
} as const;

type MetricKey = keyof typeof METRIC_NAMES;

export function describeEvaluation(evaluation: Evaluation, paint: CommandContext['paint']): string {
  const { model, category, counts } = evaluation;
  const sections: [title: string, body: string][] = [
    ['Images', `${thresholdLine(evaluation)}\n${metrics(evaluation, 'image')}`],
    ['Verdicts', `${confusionTable(evaluation)}\n${judgedLine(evaluation)}`],
    ['Defects', defectTable(evaluation)],
    ['Pixels', `${pixelLine(evaluation)}\n${metrics(evaluation, 'pixel')}`],
    ['Milliseconds an image', timingTable(evaluation)],
  ];
  const heading = `${model} on ${category}: ${counts.normal} normal and ${counts.anomalous} anomalous test images`;
  return [
    paint('bold', heading),
    ...sections
      .filter(([, body]) => body !== '')
      .map(([title, body]) => `\n${paint('bold', title)}\n${body}`),
  ].join('\n');
}

const decimals = (value: number | null) => (value === null ? '-' : value.toFixed(4));

function thresholdLine({ threshold: { image, rule } }: Evaluation): string {
  return `anomalous above ${formatScore(image, image)} (${RULE_NAMES[rule]})`;
}

/** One metric a line; where one is missing, why. */
function metrics(evaluation: Evaluation, part: 'image' | 'pixel'): string {
  const values: Readonly<Record<string, unknown>> = { ...evaluation[part] };
  const keys = (Object.keys(METRIC_NAMES) as MetricKey[]).filter((key) => key in values);
  const rows = keys.map((key): Cell[] => [
    METRIC_NAMES[key],
    decimals(values[key] as number | null),
    evaluation.notComputable[`${part}.${key}`] ?? '',
  ]);
  return textTable(['metric', 'value', ''], rows);
}

function confusionTable({ image: { confusion } }: Evaluation): string {
  const { tp, fp, tn, fn } = confusion;
  return textTable(
    ['', 'judged normal', 'judged anomalous'],
    [
      ['normal', tn, fp],
      ['anomalous', fn, tp],
    ],
  );
}

/** Above, the threshold alone decides. */
function judgedLine({ judged, counts: { images } }: Evaluation): string {
  const share = (count: number) =>
    `${count} of ${images} (${((100 * count) / images).toFixed(1)}%)`;
  const right = judged.accuracy === null ? '' : `, accuracy ${decimals(judged.accuracy)}`;
  return (
    `as predict judges: ${share(judged.judged)} judged${right}; ` +
    `${share(judged.unsure)} unsure, ${share(judged.notJudged)} not judged`
  );
}

function defectTable({ perDefect }: Evaluation): string {
  if (perDefect.length === 0) return '';
  return textTable(
    ['defect', 'images', 'detected', 'recall', 'AUROC', 'average precision'],
    perDefect.map(({ defectType, images, detected, recall, auroc, average_precision }) => [
      defectType,
      images,
      detected,
      decimals(recall),
      decimals(auroc),
      decimals(average_precision),
    ]),
  );
}

function pixelLine({ counts: { pixelImages, withoutMask } }: Evaluation): string {
  const left = withoutMask === 0 ? '' : `; ${withoutMask} anomalous without a mask left out`;
  return `${pixelImages} images${left}`;
}

function timingTable({ timing }: Evaluation): string {
  const rows = Object.entries(timing).map(([step, { mean, p50, p95 }]) => [
    step,
    ...[mean, p50, p95].map((value) => value.toFixed(1)),
  ]);
  return textTable(['step', 'mean', 'p50', 'p95'], rows);
}
