/** Settings and data that cannot go together, found before any work starts. */
import { type FlawmapError, inputError } from '../core/error.ts';
import type { Sample } from '../data/dataset.ts';
import { requireSplittable } from '../data/splits/requireSplittable.ts';
import { changesLight } from '../shift/drawLamp.ts';
import { hasSeverity } from '../shift/preset.ts';
import { PRESETS, type PresetName } from '../shift/presets.ts';
import type { StudyConfig } from './config/studyConfig.ts';
import type { Stage } from './plan/stages.ts';

/**
 * @param only the stages asked for, whatever the configuration says
 * @throws FlawmapError (input) saying what does not go together
 */
export function checkSettings(config: StudyConfig, only: readonly Stage[] | undefined): void {
  const { shift, experiments } = config;
  const climbs = (only ?? experiments.run).includes('ladder');
  if (!climbs) return;
  if (config.patchcore.score === 'reweighted' && experiments.methods.includes('patchcore')) {
    throw inputError({
      what: 'the adaptation ladder cannot use the reweighted score',
      expected: 'patchcore.score: max or topk, which follow from the patch distances alone',
      found: 'patchcore.score: reweighted',
      remedy: 'choose another score, or leave ladder out of experiments.run',
    });
  }
  checkLamps(experiments.ladder.preset, shift.severity);
}

function checkLamps(name: PresetName, severity: number): void {
  const preset = PRESETS[name];
  const refuse = (expected: string, found: string) =>
    inputError({
      what: 'the adaptation ladder has no lamps with these settings',
      expected,
      found,
      remedy: 'choose another experiments.ladder.preset, or leave ladder out of experiments.run',
    });
  if (!hasSeverity(preset, severity)) {
    throw refuse(
      `a preset that has the severity of shift, ${severity}`,
      `experiments.ladder.preset: ${name}`,
    );
  }
  if (!changesLight(preset)) {
    throw refuse(
      'a preset with colour, light, blur or noise: lamps move nothing',
      `experiments.ladder.preset: ${name}`,
    );
  }
}

/** What is known of a category before its images are looked at. */
export interface CategoryOutline {
  readonly name: string;
  readonly root: string;
  /** Training and test images. */
  readonly samples: readonly Pick<Sample, 'phase' | 'label' | 'defectType'>[];
}

/** Files of the global model are named like those of a category of this name. */
const RESERVED = 'global';

/** @throws FlawmapError (input) where a category cannot be studied */
export function checkCategories(
  { split }: StudyConfig,
  categories: readonly CategoryOutline[],
): void {
  for (const { name, root, samples } of categories) {
    if (name === RESERVED) throw reserved(root);
    if (samples.every(({ phase }) => phase === 'train')) throw untested(name, root);
    requireSplittable(name, samples, split);
  }
}

const untested = (name: string, root: string): FlawmapError =>
  inputError({
    what: `there are no test images in ${root}`,
    expected: `test/good and test/DEFECT folders for the category ${name}`,
    remedy: 'add labelled test images, or take the category off dataset.categories',
  });

const reserved = (root: string): FlawmapError =>
  inputError({
    what: `a study cannot have a category called ${RESERVED}`,
    expected: 'any other name: this one is that of the model of all categories',
    found: root,
    remedy: 'give the folder another name',
  });
