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

/** How many results are there, stage by stage. */
export function describeProgress(
  planned: readonly PlannedJob[],
  paint: CommandContext['paint'],
): string {
  const wanted = planned.filter(({ state }) => state !== 'not needed');
  const stages = [...new Set(wanted.map(({ job: { stage } }) => stage))];
  const rows = stages.map((name) => {
    const of = wanted.filter(({ job: { stage } }) => stage === name);
    const there = of.filter(({ state }) => state === 'cached').length;
    return [name, there, of.length - there];
  });
  const there = wanted.filter(({ state }) => state === 'cached').length;
  const heading = `${there} of ${wanted.length} results that are still needed are there`;
  return `${paint('bold', heading)}\n\n${textTable(['stage', 'there', 'to run'], rows)}`;
}
