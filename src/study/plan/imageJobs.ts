/** The jobs that look at a category's photographs. */
import type { SplitImage } from '../../data/splits/split.ts';
import type { Job } from '../../pipeline/job.ts';
import type { PresetName } from '../../shift/presets.ts';
import type { FeaturesOptions, ShiftOptions } from '../kinds/jobOptions.ts';
import { CLEAN, type Condition, filesOf, imagesIn, underLamp } from './conditionImages.ts';
import type { StudyCategory, StudyInput } from './studyInput.ts';
import { jobMaker, networkOptions, seedsOf } from './studyJob.ts';

/** Parts of the split, each with its own features: they are not all needed at the same time. */
export type FeaturedPart = 'train' | 'val' | 'test';

export const FEATURED_PARTS: readonly FeaturedPart[] = ['train', 'val', 'test'];

/** Id of the job that keeps the features of these images, or of those under a lamp. */
export const featuresId = (category: string, { name }: Condition, part?: FeaturedPart): string =>
  ['features', category, name, ...(part === undefined ? [] : [part])].join('/');

export function imageJobs(input: StudyInput, { name: category, split }: StudyCategory) {
  const { config, backbone } = input;
  const make = jobMaker(input);
  const everything = [...split.train, ...split.val, ...split.test];

  return {
    explore: (): Job =>
      make<object>({
        id: `explore/${category}`,
        stage: 'explore',
        kind: 'explore',
        options: { category },
        files: filesOf(category, everything),
        seconds: 0.01 * everything.length,
      }),

    /** Every image under its own draw of conditions. */
    shift: (): Job => shiftJob(`shift/${category}`, config.shift.preset, null, everything),

    /** Validation and test images under one draw for all. */
    lamp: (lamp: number): Job =>
      shiftJob(
        `shift/${category}/lamp-${lamp}`,
        config.experiments.ladder.preset,
        `lamp ${lamp}`,
        underLamp(split),
      ),

    /** A part of the split, once through the backbone for all that read it. */
    features: (on: Condition, part: FeaturedPart): Job =>
      // What model files say of the images that they are calibrated on is measured on the way.
      featuresJob(featuresId(category, on, part), on, split[part], part === 'val'),

    lampFeatures: (on: Condition): Job =>
      featuresJob(featuresId(category, on), on, underLamp(split), false),
  };

  function shiftJob(
    id: string,
    preset: PresetName,
    lamp: string | null,
    images: readonly SplitImage[],
  ): Job {
    const { options, files } = imagesIn(category, CLEAN, images);
    const { severity } = config.shift;
    return make<ShiftOptions>({
      id,
      stage: 'shift',
      kind: 'shift',
      options: { ...options, preset, severity, seed: config.seed, lamp },
      files,
      seconds: 0.04 * images.length,
    });
  }

  function featuresJob(
    id: string,
    on: Condition,
    images: readonly SplitImage[],
    described: boolean,
  ): Job {
    const { options, files, needs } = imagesIn(category, on, images);
    const parts = config.experiments.methods.map((method) => ({
      method,
      network: networkOptions(input, method),
      seeds: seedsOf(input, method),
    }));
    return make<FeaturesOptions>({
      id,
      stage: 'embed',
      kind: 'features',
      options: { ...options, parts, described },
      files,
      needs,
      seconds: (backbone.seconds + 0.02) * images.length,
      transient: true,
    });
  }
}
