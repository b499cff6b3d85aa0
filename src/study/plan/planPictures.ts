/**
 * The jobs that make pictures. What they need is there anyway: `maps` are drawn from kept patch
 * distances. They belong to the stages whose images they show.
 */
import type { SplitImage } from '../../data/splits/split.ts';
import type { Job } from '../../pipeline/job.ts';
import { imageRef } from '../images.ts';
import type {
  CropsOptions,
  MapsOptions,
  PhotographsOptions,
} from '../kinds/pictures/picturesOptions.ts';
import { CLEAN, filesOf } from './conditionImages.ts';
import type { CategoryPlan } from './planCategory.ts';
import type { Stage } from './stages.ts';
import type { StudyInput } from './studyInput.ts';
import { jobMaker, networkOptions, seedsOf } from './studyJob.ts';

/** Kinds of jobs that leave pictures. */
export const PICTURE_KINDS: ReadonlySet<string> = new Set(['photographs', 'maps', 'crops']);

/** Training images that are shown of each condition. */
const TRAINING = 12;

export function planPictures(input: StudyInput, plan: CategoryPlan): Job[] {
  const { name: category, split } = plan.category;
  const { experiments, analysis, calibration } = input.config;
  const make = jobMaker(input);
  const training = evenly(split.train, TRAINING);
  const shown = [...training, ...split.test];
  const normal = split.val.filter(({ label }) => label === 'normal').map(({ id }) => id);

  const pictures = [
    { on: CLEAN, photographed: 'explore', scenario: 'clean' },
    { on: plan.shifted, photographed: 'shift', scenario: 'shift-none' },
  ] as const;
  const jobs = pictures.flatMap(({ on, photographed, scenario }) => {
    const condition = scenario === 'clean' ? 'clean' : 'shifted';
    const photographs = make<PhotographsOptions>({
      id: `pictures/${category}/${condition}/photographs`,
      stage: photographed as Stage,
      kind: 'photographs',
      options: {
        category,
        images: shown.map(imageRef),
        condition: on.job,
        training: training.length,
      },
      files: on.job === null ? filesOf(category, shown) : [],
      needs: on.job === null ? [] : [on.job],
      seconds: 0.02 * shown.length,
    });
    const maps = experiments.methods.map((method) => {
      const scores = plan.scenarios[scenario][method].scored.test;
      const clean = plan.clean[method].scored.validation;
      return make<MapsOptions>({
        id: `pictures/${category}/${condition}/${method}`,
        stage: scenario,
        kind: 'maps',
        options: {
          category,
          method,
          seed: seedsOf(input, method)[0]!,
          preprocessing: networkOptions(input, method).preprocessing,
          photographs: photographs.id,
          scores,
          clean,
          normal,
          fpr: calibration.fpr,
        },
        needs: [photographs.id, scores, clean],
        seconds: 0.005 * split.test.length,
      });
    });
    return [photographs, ...maps];
  });
  if (!analysis.run.includes('interpretability')) return jobs;
  const crops = experiments.methods.map((method) => {
    const explained = `analysis/interpretability/${category}/${method}`;
    return make<CropsOptions>({
      id: `pictures/${category}/crops/${method}`,
      stage: 'analysis',
      kind: 'crops',
      options: { category, method, explained },
      // Which images it reads follows from the explanations, whose key holds all of them.
      needs: [explained],
      seconds: 0.5,
    });
  });
  return [...jobs, ...crops];
}

/** So many of them, from the first to the last. */
function evenly(images: readonly SplitImage[], most: number): SplitImage[] {
  const count = Math.min(most, images.length);
  const step = count < 2 ? 0 : (images.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, i) => images[Math.round(i * step)]!);
}
