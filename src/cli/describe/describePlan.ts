/** What a study would run, and why. */
import type { PlannedJob } from '../../pipeline/planJobs.ts';
import type { CommandContext } from '../command.ts';
import { textTable } from '../textTable.ts';

export function describePlan(
  planned: readonly PlannedJob[],
  paint: CommandContext['paint'],
): string {
  const toRun = planned.filter(({ state }) => state === 'run');
  const cached = planned.filter(({ state }) => state === 'cached').length;
  const there = cached === 1 ? '1 result is there' : `${cached} results are there`;
  const heading =
    toRun.length === 0
      ? `Nothing to run: ${there}`
      : `${toRun.length} ${toRun.length === 1 ? 'job' : 'jobs'} to run, ${there}`;
  const rows = toRun.map(({ job: { id, stage }, why }) => [stage, id, why]);
  const table = toRun.length === 0 ? '' : `\n\n${textTable(['stage', 'job', 'why'], rows)}`;
  return `${paint('bold', heading)}${table}`;
}
