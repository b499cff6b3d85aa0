import { expect, test } from 'vitest';
import type { PlannedJob } from '../../pipeline/planJobs.ts';
import { describePlan, describeProgress } from './describePlan.ts';

const bold = (style: string, text: string) => `<${style}>${text}</>`;
const job = (id: string, state: PlannedJob['state'], why = ''): PlannedJob =>
  ({ job: { id, stage: id.split('/')[0], kind: 'k', options: {} }, state, why }) as PlannedJob;

test('tells what would run and why, and how much is there', () => {
  const planned = [
    job('clean/nut/padim', 'run', 'not computed yet'),
    job('shift/nut', 'cached'),
    job('embed/nut/clean', 'not needed'),
    job('ladder/nut/padim', 'run', 'options.draws changed from 20 to 4'),
    job('explore/nut', 'cached'),
  ];
  expect(describePlan(planned, bold)).toBe(`<bold>2 jobs to run, 2 results are there</>

stage   job               why
clean   clean/nut/padim   not computed yet
ladder  ladder/nut/padim  options.draws changed from 20 to 4`);
});

test('counts one as one', () => {
  const one = [job('shift/nut', 'run', 'not computed yet'), job('explore/nut', 'cached')];
  expect(describePlan(one, bold)).toMatch(/^<bold>1 job to run, 1 result is there<\/>/);
});

test('says when there is nothing to run', () => {
  const planned = [job('shift/nut', 'cached'), job('explore/nut', 'cached')];
  expect(describePlan(planned, bold)).toBe('<bold>Nothing to run: 2 results are there</>');
});

test('counts what is there, stage by stage', () => {
  const planned = [
    job('clean/nut/padim', 'run'),
    job('shift/nut', 'cached'),
    job('shift/zip', 'run'),
    job('embed/nut/clean', 'not needed'),
  ];
  expect(
    describeProgress(planned, bold),
  ).toBe(`<bold>1 of 3 results that are still needed are there</>

stage  there  to run
clean      0       1
shift      1       1`);
});
