/** The jobs of one category, in the order in which they build on each other. */
import type { Job } from '../../pipeline/job.ts';
import type { Method, Scenario } from '../../result/scenario.ts';
import type { ScoredBy } from '../kinds/jobOptions.ts';
import { type CategoryJobs, categoryJobs } from './categoryJobs.ts';
import { CLEAN, type Condition } from './conditionImages.ts';
import type { Models } from './fitJobs.ts';
import { FEATURED_PARTS } from './imageJobs.ts';
import type { Stage } from './stages.ts';
import type { StudyCategory, StudyInput } from './studyInput.ts';
import { seedsOf } from './studyJob.ts';

export interface CategoryPlan {
  readonly category: StudyCategory;
  readonly make: CategoryJobs;
  readonly jobs: readonly Job[];
  /** PatchCore's training embeddings, which the global model's bank is drawn from as well. */
  readonly embedding: Job;
  /** By method: what the global model builds on and is compared with. */
  readonly clean: Readonly<Record<Method, { readonly models: Models; readonly scored: ScoredBy }>>;
  /** Every image under its own draw. */
  readonly shifted: Condition;
  /** By scenario and method; there are none of methods that are not asked for. */
  readonly scenarios: Readonly<Record<Scenario, Readonly<Record<Method, PlannedScenario>>>>;
}

export interface PlannedScenario {
  /** Id of the job that leaves its part of the result. */
  readonly job: string;
  /** What its validation and test scores come from. */
  readonly scored: ScoredBy;
}

export function planCategory(input: StudyInput, category: StudyCategory): CategoryPlan {
  const { methods, ladder } = input.config.experiments;
  const make = categoryJobs(input, category);
  const jobs: Job[] = [];
  const add = (job: Job): Job => {
    jobs.push(job);
    return job;
  };
  add(make.explore());
  const shifted: Condition = { name: 'shift', job: add(make.shift()).id };
  const embedding = add(make.embed(CLEAN));
  const lamps = Array.from({ length: ladder.lamps }, (_, lamp): Condition => {
    return { name: `lamp-${lamp}`, job: add(make.lamp(lamp)).id };
  });
  for (const on of [CLEAN, shifted]) {
    for (const part of FEATURED_PARTS) add(make.features(on, part));
  }
  for (const on of lamps) add(make.lampFeatures(on));

  const fit = (method: Method, stage: Stage, on: Condition): Models => {
    const fitted = { method, fittedOn: on.name };
    if (method === 'padim') return { ...fitted, jobs: [add(make.gaussians(stage, on)).id] };
    const from = on === CLEAN ? embedding : add(make.embed(on));
    const banks = seedsOf(input, method).map((seed) => add(make.bank(stage, on, from.id, seed)));
    return { ...fitted, jobs: banks.map(({ id }) => id) };
  };
  const score = (stage: Stage, models: Models, on: Condition): ScoredBy => {
    const scores = add(make.score(stage, models, on));
    const pixel = add(make.localise(scores, models.method, on));
    return { validation: scores.id, test: scores.id, pixel: pixel.id };
  };

  const clean: Partial<Record<Method, CategoryPlan['clean'][Method]>> = {};
  const scenarios: Record<Scenario, Partial<Record<Method, PlannedScenario>>> = {
    clean: {},
    'shift-none': {},
    'shift-threshold': {},
    'shift-full': {},
  };
  const judge = (
    scenario: Scenario,
    method: Method,
    scored: ScoredBy,
    before: ScoredBy | null,
    none: ScoredBy | null,
  ) => {
    const { id } = add(make.scenario(scenario, method, scored, before, none));
    scenarios[scenario][method] = { job: id, scored };
  };
  for (const method of methods) {
    const models = fit(method, 'clean', CLEAN);
    const scored = score('clean', models, CLEAN);
    judge('clean', method, scored, null, null);
    add(make.model('clean', method, CLEAN, models.jobs[0]!));
    clean[method] = { models, scored };

    // The clean model meets the shift: with its own threshold, then with one from shifted images.
    const meeting = score('shift-none', models, shifted);
    const none = { ...meeting, validation: scored.validation };
    judge('shift-none', method, none, scored, null);
    judge('shift-threshold', method, meeting, scored, none);

    const refitted = fit(method, 'shift-full', shifted);
    const adapted = score('shift-full', refitted, shifted);
    judge('shift-full', method, adapted, scored, none);
    add(make.model('shift-full', method, shifted, refitted.jobs[0]!));

    const rungs = lamps.map((under, lamp) => add(make.adapt(models.jobs[0]!, method, lamp, under)));
    add(make.ladder(method, scored, rungs));
  }
  return {
    category,
    make,
    jobs,
    embedding,
    clean: clean as CategoryPlan['clean'],
    shifted,
    scenarios: scenarios as CategoryPlan['scenarios'],
  };
}
