/** What a smaller copy of a model costs, for people. */
import type { ExportReport } from '../../inspection/export/exportHalf.ts';
import type { CommandContext } from '../command.ts';
import { formatBytes } from '../quantities.ts';
import { formatScore } from './formatScore.ts';
import { relativePath } from './relativePath.ts';

const SHOWN = 10;

export function describeExport(report: ExportReport, paint: CommandContext['paint']): string {
  const { bytes, threshold, images, scoreDifference, changed } = report;
  const share = ((100 * scoreDifference) / Math.abs(threshold)).toPrecision(2);
  const score = (value: number) => formatScore(value, threshold);
  const lines = changed
    .slice(0, SHOWN)
    .map(
      ({ path, before, after }) =>
        `    ${relativePath(path)}: ${before.verdict} (${score(before.score)}) becomes ${after.verdict} (${score(after.score)})`,
    );
  if (changed.length > SHOWN) lines.push(`    and ${changed.length - SHOWN} more`);
  return [
    `${paint('bold', relativePath(report.file))}  ${formatBytes(bytes.after)} instead of ${formatBytes(bytes.before)}`,
    `  scores    differ by at most ${scoreDifference.toPrecision(2)}, ${share}% of the threshold, on ${images} images`,
    `  verdicts  ${changed.length === 0 ? 'none changes' : `${changed.length} of ${images} change:`}`,
    ...lines,
  ].join('\n');
}
