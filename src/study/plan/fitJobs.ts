/** The jobs that fit a category's models, and write them to files. */
import type { Job } from '../../pipeline/job.ts';
import type { Method } from '../../result/scenario.ts';
import type {
  BankOptions,
  EmbedOptions,
  GaussiansOptions,
  ModelOptions,
  PadimOptions,
  PatchcoreOptions,
} from '../kinds/jobOptions.ts';
import { type Condition, imagesIn } from './conditionImages.ts';
import { featuresId } from './imageJobs.ts';
import type { Stage } from './stages.ts';
import type { StudyCategory, StudyInput } from './studyInput.ts';
import { jobMaker, mapSize, networkOptions, scoreSpec, seedsOf } from './studyJob.ts';

/** A method's models on a condition, one for each seed. */
export interface Models {
  readonly method: Method;
  readonly fittedOn: string;
  readonly jobs: readonly string[];
}

export function fitJobs(input: StudyInput, { name: category, split }: StudyCategory) {
  const { config } = input;
  const make = jobMaker(input);

  return {
    embed: (on: Condition): Job => {
      const { options, files, needs } = imagesIn(category, on, split.train);
      return make<EmbedOptions>({
        id: `embed/${category}/${on.name}`,
        stage: 'embed',
        kind: 'embed',
        options: { ...options, network: networkOptions(input, 'patchcore') as PatchcoreOptions },
        files,
        needs,
        features: [featuresId(category, on, 'train')],
        seconds: 0.02 * split.train.length,
      });
    },

    bank: (stage: Stage, on: Condition, embedding: string, seed: number): Job =>
      make<BankOptions>({
        id: `fit/${category}/${on.name}/patchcore-${seed}`,
        stage,
        kind: 'bank',
        options: {
          embeddings: [embedding],
          coreset: config.patchcore.coreset,
          score: scoreSpec(input),
          seed,
          size: mapSize(input),
        },
        needs: [embedding],
        seconds: 0.04 * split.train.length,
      }),

    gaussians: (stage: Stage, on: Condition): Job => {
      const { options, files, needs } = imagesIn(category, on, split.train);
      const seeds = seedsOf(input, 'padim');
      return make<GaussiansOptions>({
        id: `fit/${category}/${on.name}/padim`,
        stage,
        kind: 'gaussians',
        options: { ...options, network: networkOptions(input, 'padim') as PadimOptions, seeds },
        files,
        needs,
        features: [featuresId(category, on, 'train')],
        seconds: 0.02 * seeds.length * split.train.length,
      });
    },

    /** The model file of a method's first seed. */
    model: (stage: Stage, method: Method, on: Condition, model: string): Job => {
      const { options, files, needs } = imagesIn(category, on, split.val);
      return make<ModelOptions>({
        id: `model/${category}/${on.name}/${method}`,
        stage,
        kind: 'model',
        options: {
          category,
          calibration: [options],
          method,
          network: networkOptions(input, method),
          seed: seedsOf(input, method)[0]!,
          model,
          training: split.train.map(({ id, sha256 }) => ({ id, sha256 })),
          coreset: config.patchcore.coreset,
          score: scoreSpec(input),
          fpr: config.calibration.fpr,
        },
        files,
        needs: [...needs, model],
        features: [featuresId(category, on, 'val')],
        seconds: 3 + 0.02 * split.val.length,
      });
    },
  };
}
