/** What `fit` has learnt, for people. */
import { percent } from '../../calibration/percent.ts';
import type { FitReport } from '../../inspection/fit.ts';
import type { CommandContext } from '../command.ts';
import { formatBytes, formatDuration } from '../quantities.ts';
import { formatScore } from './formatScore.ts';
import { relativePath } from './relativePath.ts';
import { RULE_NAMES } from './ruleNames.ts';
import { shellWord } from './shellWord.ts';
import { wrapText } from './wrapText.ts';

const LABEL_WIDTH = 11;

/** @param asked what the command was called with, for the next one */
export function describeFit(
  report: FitReport,
  asked: { readonly data: string; readonly category: string | undefined },
  paint: CommandContext['paint'],
): string {
  const file = relativePath(report.file);
  const facts: [label: string, text: string][] = [
    ['learnt', learnt(report)],
    ['backbone', `${report.backbone}, layers ${report.layers.join(' and ')}`],
    memory(report),
    ['threshold', threshold(report)],
    ['promise', report.statement],
    ['time', time(report)],
  ];
  return [
    `${paint('bold', file)}  ${formatBytes(report.bytes)}`,
    ...facts.map(([label, text]) => labelled(label, text)),
    '',
    'Next:',
    ...nextCommands(report, file, asked).map((command) => `  ${command}`),
  ].join('\n');
}

const labelled = (label: string, text: string) =>
  `  ${label.padEnd(LABEL_WIDTH)}${wrapText(text, 2 + LABEL_WIDTH)}`;

function learnt({ category, images: { training, calibration } }: FitReport): string {
  const { normal, anomalous } = calibration;
  const labelled = anomalous === 0 ? '' : ` and ${anomalous} anomalous ones`;
  return `${training} good images of ${category}; calibrated on ${normal} others${labelled}`;
}

function memory({ learnt }: FitReport): [label: string, text: string] {
  if (learnt.method === 'padim') {
    const { positions, dimension } = learnt;
    return ['gaussians', `${positions} positions, ${dimension} channels each`];
  }
  const seen = `(${percent(learnt.coreset)} of those seen)`;
  return ['bank', `${learnt.rows} patches of ${learnt.dimension} dimensions ${seen}`];
}

function threshold({ threshold: image, pixelThreshold: pixel }: FitReport): string {
  const [score, mapValue] = [image, pixel].map(({ threshold: t }) => formatScore(t, t));
  return `an image is anomalous above ${score}, a pixel of its map above ${mapValue} (${RULE_NAMES[image.rule]})`;
}

function time({ seconds: { total = 0, ...parts } }: FitReport): string {
  const each = Object.entries(parts).map(([part, value]) => `${part} ${formatDuration(value)}`);
  return `${formatDuration(total)}: ${each.join(', ')}`;
}

function nextCommands(
  { images, category }: FitReport,
  file: string,
  asked: { readonly data: string; readonly category: string | undefined },
): string[] {
  const predict = `flawmap predict ${shellWord(file)} IMAGES --out flaws`;
  if (images.test === 0) return [predict];
  const name = asked.category === undefined ? '' : ` --category ${shellWord(category)}`;
  return [`flawmap evaluate ${shellWord(file)} ${shellWord(asked.data)}${name}`, predict];
}
