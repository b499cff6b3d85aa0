/** Where a report lies, and what to open first. */
import { join } from 'node:path';
import { PAGE_FILE, PAPER_FILE } from '../../report/reportFormats.ts';
import type { WrittenReport } from '../../report/writeReport.ts';
import type { CommandContext } from '../command.ts';
import { formatBytes } from '../quantities.ts';
import { relativePath } from './relativePath.ts';

export function describeReport(
  { folder, files }: WrittenReport,
  paint: CommandContext['paint'],
): string {
  const path = (name: string) => relativePath(join(folder, name));
  const lines = [PAGE_FILE, PAPER_FILE].flatMap((name) => {
    const file = files.find((candidate) => candidate.name === name);
    return file === undefined ? [] : [`${path(name)}  ${formatBytes(file.bytes)}`];
  });
  for (const part of ['tables', 'figures']) {
    const count = files.filter(({ name }) => name.startsWith(`${part}/`)).length;
    if (count > 0) lines.push(`${path(part)}  ${count} files`);
  }
  return [paint('bold', 'The report'), ...lines.map((line) => `  ${line}`)].join('\n');
}
