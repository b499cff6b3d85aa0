/** The versions of a model, for people. */
import type { Version } from '../../inspection/upkeep/versions.ts';
import type { CommandContext } from '../command.ts';
import { type Cell, textTable } from '../textTable.ts';
import { formatScore } from './formatScore.ts';
import { relativePath } from './relativePath.ts';

export function describeHistory(
  model: string,
  versions: readonly Version[],
  paint: CommandContext['paint'],
): string {
  const reference = versions.at(-1)!.after.threshold;
  const rows = versions.map((version): Cell[] => [
    version.number,
    `${version.when.slice(0, 19).replace('T', ' ')} UTC`,
    action(version),
    version.after.trainingImages,
    version.after.rows ?? '-',
    formatScore(version.after.threshold, reference),
    version.sha256.slice(0, 8),
  ]);
  const headers = ['version', 'when', 'what', 'images', 'rows', 'threshold', 'sha256'];
  return [paint('bold', relativePath(model)), textTable(headers, rows)].join('\n');
}

function action({ action: done, images, restored }: Version): string {
  if (done === 'rollback') return `back to version ${restored}`;
  if (images === undefined) return 'found';
  const parts = [
    ...(images.joined.length > 0 ? [`${images.joined.length} joined`] : []),
    `${images.calibrated.length} calibrate`,
    ...(images.setAside.length > 0 ? [`${images.setAside.length} set aside`] : []),
  ];
  return `${done}: ${parts.join(', ')}`;
}
