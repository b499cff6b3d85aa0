/** Whether imaging conditions have changed, for people. */
import { percent } from '../../calibration/percent.ts';
import type { DriftReport } from '../../inspection/drift/drift.ts';
import { CONDITION_NAMES } from '../../inspection/drift/driftReference.ts';
import type { CommandContext } from '../command.ts';
import { textTable } from '../textTable.ts';
import { relativePath } from './relativePath.ts';
import { wrapText } from './wrapText.ts';

const INDENT = '  online   '.length;

export function describeDrift(report: DriftReport, paint: CommandContext['paint']): string {
  const { changed, online, reference } = report;
  const parts = [
    ['online', onlineSentence(report)],
    ['batch', batchSentence(report)],
  ] as const;
  const from = online.alarm === null ? 'photographs' : 'since then';
  const rows = report.movements.map(({ descriptor, reference: before, later, moved }) => [
    nameOf(descriptor),
    rounded(before),
    rounded(later),
    moved === null ? '-' : signed(moved),
  ]);
  return [
    paint(changed ? 'red' : 'green', verdict(report)),
    ...parts.map(([label, text]) => `  ${label.padEnd(INDENT - 2)}${wrapText(text, INDENT)}`),
    '',
    textTable(['median of images', 'calibration', from, 'moved'], rows),
    '',
    `moved: in robust standard deviations of the ${reference} calibration images`,
  ].join('\n');
}

function verdict({ changed, online, photographs, category }: DriftReport): string {
  const count = photographs.length;
  const compared = `${count} ${count === 1 ? 'photograph' : 'photographs'}, ${category}`;
  if (!changed) return `no change of imaging conditions shown (${compared})`;
  if (online.alarm === null) return `the imaging conditions have changed (${compared})`;
  const { path, image } = online.alarm.since;
  return `the imaging conditions have changed since photograph ${image}: ${relativePath(path)} (${compared})`;
}

function onlineSentence({ online, falseAlarm }: DriftReport): string {
  const { alarm, threshold, largest } = online;
  const promise = `false alarms in at most ${percent(falseAlarm / 2)} of unchanged streams, however long`;
  if (alarm === null) {
    return `no alarm: the martingale reached ${rounded(largest)} of ${rounded(threshold)}; ${promise}`;
  }
  return `alarm at photograph ${alarm.image} (${relativePath(alarm.path)}) by its ${nameOf(alarm.descriptor)}; ${promise}`;
}

function batchSentence({ batch, reference, falseAlarm }: DriftReport): string {
  const { images, distance, pValue, changed } = batch;
  const found = `energy distance ${rounded(distance)} of ${images} ${images === 1 ? 'photograph' : 'photographs'} from the ${reference} calibration images, p = ${rounded(pValue)}`;
  return `${found}: ${changed ? 'a change' : 'no change shown'} at ${percent(falseAlarm / 2)}`;
}

const nameOf = (descriptor: string): string =>
  (CONDITION_NAMES as Readonly<Record<string, string>>)[descriptor] ?? descriptor;

/** Three digits, without an exponent where there need not be one. */
const rounded = (value: number): string => String(Number(value.toPrecision(3)));

const signed = (value: number): string => `${value > 0 ? '+' : ''}${value.toFixed(1)}`;
