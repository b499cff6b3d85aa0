/** What an update or recalibration has done, for people. */
import type { UpkeepReport } from '../../inspection/upkeep/upkeepReport.ts';
import type { CommandContext } from '../command.ts';
import { formatDuration } from '../quantities.ts';
import { describeSkipped } from './describeSkipped.ts';
import { formatScore } from './formatScore.ts';
import { relativePath } from './relativePath.ts';
import { shellWord } from './shellWord.ts';
import { wrapText } from './wrapText.ts';

const LABEL_WIDTH = 11;

export function describeUpkeep(report: UpkeepReport, paint: CommandContext['paint']): string {
  const { images, before, after, previous, version, seconds } = report;
  const file = relativePath(report.file);
  const grown =
    before.rows === null
      ? `${before.trainingImages} to ${after.trainingImages} images learnt from`
      : `${before.trainingImages} to ${after.trainingImages} images, ${before.rows} to ${after.rows} rows`;
  const score = (value: number) => formatScore(value, after.threshold);
  const facts: [label: string, text: string][] = [
    ['images', `${images.joined} joined, ${images.calibrated} calibrate, ${setAside(report)}`],
    ...(images.joined > 0 ? [['model', grown] as [string, string]] : []),
    ['threshold', `${score(before.threshold)} to ${score(after.threshold)}`],
    ['promise', report.statement],
    ['time', formatDuration(seconds.total ?? 0)],
  ];
  const back = `flawmap history ${shellWord(file)} --rollback ${previous}`;
  return [
    `${paint('bold', file)}  version ${version.number}`,
    ...facts.map(
      ([label, text]) => `  ${label.padEnd(LABEL_WIDTH)}${wrapText(text, 2 + LABEL_WIDTH)}`,
    ),
    ...images.setAside.map(({ id, reason }) => `  set aside  ${id}: ${wrapText(reason, 13)}`),
    '',
    `Back: ${back}`,
  ].join('\n');
}

function setAside({ images }: UpkeepReport): string {
  return `${images.setAside.length} set aside as suspicious`;
}

const SHOWN = 3;

/** What the reader should know of images that were not used, and of a promise that was not kept. */
export function upkeepWarnings({ images, skipped, rule, previousRule }: UpkeepReport): string[] {
  const named = images.leftOut.slice(0, SHOWN).map(({ id, reason }) => `${id} (${reason})`);
  const rest = images.leftOut.length > SHOWN ? ` and ${images.leftOut.length - SHOWN} more` : '';
  const files = describeSkipped(skipped);
  return [
    ...(files === undefined ? [] : [files]),
    ...(named.length > 0 ? [`not new: ${named.join(', ')}${rest}`] : []),
    ...(previousRule === 'f1-optimal'
      ? ['the threshold was set with labelled flaws before; now it follows from good images alone']
      : []),
    ...(rule === 'maximum'
      ? ['too few images for the rate aimed at: the promise says what they allow']
      : []),
  ];
}
