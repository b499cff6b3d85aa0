/** How long a study would take on many machines, for people. */
import type { StudyGrowth } from '../../study/simulate/simulateStudy.ts';
import type { CommandContext } from '../command.ts';
import { formatBytes, formatDuration } from '../quantities.ts';
import { textTable } from '../textTable.ts';

/** Of the longest chain, the jobs that are named. */
const NAMED = 5;

export function describeGrowth(growth: StudyGrowth, paint: CommandContext['paint']): string {
  const { points, workSeconds, categories } = growth;
  const rows = points.map((point) => [
    point.workers,
    formatDuration(point.seconds),
    (workSeconds / point.seconds).toFixed(1),
    percent(point.used),
    percent(Math.max(0, 1 - point.secondsWithoutStore / point.seconds)),
    percent(point.storeFull),
    formatBytes(point.transferredBytes),
  ]);
  const heading = `${growth.jobs} jobs of ${categories.simulated} categories, ${formatDuration(workSeconds)} of work`;
  const headers = [
    'workers',
    'time',
    'times faster',
    'computing',
    'store',
    'store full',
    'travels',
  ];
  return [
    paint('bold', heading),
    ...(growth.estimated > 0
      ? [`The time of ${growth.estimated} of them was not measured, and is estimated.`]
      : []),
    '',
    textTable(headers, rows),
    '',
    sayGrowth(growth),
  ].join('\n');
}

/** What follows from it, as sentences. */
export function sayGrowth({ criticalPath, storeLimitsFrom, points }: StudyGrowth): string {
  const longest = criticalPath.jobs
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, NAMED)
    .map(({ id, seconds }) => `${id} (${formatDuration(seconds)})`);
  const path = `No number of workers makes it faster than ${formatDuration(criticalPath.seconds)}: so long is the longest chain, of ${criticalPath.jobs.length} jobs; most of it is ${longest.join(', ')}.`;
  const most = Math.max(...points.map(({ workers }) => workers));
  const store =
    storeLimitsFrom === null
      ? `Up to ${most} workers the store is full less than a tenth of the time.`
      : `From ${storeLimitsFrom} ${storeLimitsFrom === 1 ? 'worker' : 'workers'} on the store is the limit: a tenth of the time or more, they want more of it than it has.`;
  return `${path} ${store}`;
}

const percent = (share: number): string => `${Math.round(100 * share)}%`;
