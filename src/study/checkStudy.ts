/** Settings and data that cannot go together, found before any work starts. */
import { inputError } from '../core/error.ts';
import type { Category } from '../data/dataset.ts';
import type { StudyConfig } from './config/studyConfig.ts';

/** @throws FlawmapError (input) saying what does not go together */
export function checkCategories(config: StudyConfig, categories: readonly Category[]): void {
  const { run } = config.experiments;
  if (run.includes('ladder') && config.patchcore.score === 'reweighted') {
    throw inputError({
      what: 'the adaptation ladder cannot use the reweighted score',
      expected: 'patchcore.score: max or topk, which follow from the patch distances alone',
      found: 'patchcore.score: reweighted',
      remedy: 'choose another score, or leave ladder out of experiments.run',
    });
  }
  for (const { name, root, test } of categories) {
    if (test.length > 0) continue;
    throw inputError({
      what: `there are no test images in ${root}`,
      expected: `test/good and test/DEFECT folders for the category ${name}`,
      remedy: 'add labelled test images, or take the category off dataset.categories',
    });
  }
}
