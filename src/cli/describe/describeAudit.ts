/** What an audit has found, for people. */
import type { AuditReport } from '../../inspection/audit/auditReport.ts';
import type { CommandContext } from '../command.ts';
import { textTable } from '../textTable.ts';
import { relativePath } from './relativePath.ts';
import { shellWord } from './shellWord.ts';

const TOP = 10;

/** @param asked what the command was called with, for the next one */
export function describeAudit(
  { category, images, duplicates, rules, files }: AuditReport,
  asked: { readonly data: string; readonly category: string | undefined },
  paint: CommandContext['paint'],
): string {
  const rows = images
    .slice(0, TOP)
    .map(({ id, z, reasons }, i) => [i + 1, z.toFixed(1), id, reasons.join(', ')]);
  const flagged = images.slice(TOP).filter(({ reasons }) => reasons.length > 0);
  const given = new Set(images.flatMap(({ reasons }) => reasons));
  const lines = [
    paint('bold', `${category}: the strangest of ${images.length} training images`),
    textTable(['rank', 'z', 'image', ''], rows),
    ...flagged.map(({ id, reasons }) => `further down: ${id}  ${reasons.join(', ')}`),
    ...duplicates.map(({ kind, ids }) => `${kind} duplicates: ${ids.join(', ')}`),
    '',
    ...[...given].map((reason) => `${reason}: ${rules[reason]}`),
  ];
  if (duplicates.length > 0) {
    lines.push(
      `near duplicates: ${rules.near}; for what a threshold promises, a group is one image`,
    );
  }
  if (files === undefined) {
    lines.push('Pictures and an exclude list: add --out DIR');
    return lines.join('\n');
  }
  const name = asked.category === undefined ? '' : ` --category ${shellWord(asked.category)}`;
  const exclude = shellWord(relativePath(files.exclude));
  lines.push(
    `Look at ${relativePath(files.sheet)}, edit ${relativePath(files.exclude)}, then:`,
    `  flawmap fit ${shellWord(asked.data)}${name} -o ${shellWord(category)}.onnx --exclude ${exclude}`,
  );
  return lines.join('\n');
}
