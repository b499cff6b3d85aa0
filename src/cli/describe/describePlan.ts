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
  const heading =
    toRun.length === 0
      ? `Nothing to run: all ${cached} results are there`
      : `${toRun.length} jobs to run, ${cached} results are there`;
  const rows = toRun.map(({ job: { id, stage }, why }) => [stage, id, why]);
  const table = toRun.length === 0 ? '' : `\n\n${textTable(['stage', 'job', 'why'], rows)}`;
  return `${paint('bold', heading)}${table}`;
}
