/** The jobs of the global model: fitted on all categories, scored and compared on each. */
import type { Job } from '../../pipeline/job.ts';
import type { Method } from '../../result/scenario.ts';
import { imageRef } from '../images.ts';
import type {
  BankOptions,
  GlobalOptions,
  ModelOptions,
  PooledGaussiansOptions,
} from '../kinds/jobOptions.ts';
import { CLEAN } from './conditionImages.ts';
import { featuresId } from './imageJobs.ts';
import { jobsOf } from './judgingJobs.ts';
import type { CategoryPlan } from './planCategory.ts';
import type { StudyInput } from './studyInput.ts';
import { jobMaker, judgeOptions, mapSize, networkOptions, scoreSpec, seedsOf } from './studyJob.ts';

export function planGlobal(
  input: StudyInput,
  method: Method,
  plans: readonly CategoryPlan[],
): readonly Job[] {
  const { config } = input;
  const make = jobMaker(input);
  const seed = seedsOf(input, method)[0]!;
  const training = plans.flatMap(({ category: { name, split } }) =>
    split.train.map(({ id, sha256 }) => ({ id: `${name}/${id}`, sha256 })),
  );
  const fitted = method === 'patchcore' ? pooledBank() : pooledGaussians();

  const categories = plans.map(({ category, make: own, clean }) => {
    const models = { method, fittedOn: 'global', jobs: [fitted.id] };
    const scores = own.score('global', models, CLEAN, [seed]);
    const pixel = own.localise(scores, method, CLEAN);
    const options: GlobalOptions['categories'][number] = {
      category: category.name,
      validation: category.split.val.map(imageRef),
      test: category.split.test.map(imageRef),
      pooled: { validation: scores.id, test: scores.id, pixel: pixel.id },
      own: clean[method].scored,
      gaussians: method === 'padim' ? clean[method].models.jobs[0]! : null,
    };
    return { jobs: [scores, pixel], options };
  });
  const compare = make<GlobalOptions>({
    id: `global/${method}`,
    stage: 'global',
    kind: 'global',
    options: {
      method,
      seed,
      judge: judgeOptions(input),
      model: fitted.id,
      categories: categories.map(({ options }) => options),
    },
    needs: [
      fitted.id,
      ...categories.flatMap(({ options: { pooled, own, gaussians } }) => [
        ...jobsOf(pooled),
        ...jobsOf(own),
        ...(gaussians === null ? [] : [gaussians]),
      ]),
    ],
    seconds: 2,
  });
  return [fitted, ...categories.flatMap(({ jobs }) => jobs), compare, modelFile()];

  /** As many rows as the categories' banks together hold. */
  function pooledBank(): Job {
    const embeddings = plans.map(({ embedding }) => embedding.id);
    return make<BankOptions>({
      id: 'fit/global/patchcore',
      stage: 'global',
      kind: 'bank',
      options: {
        embeddings,
        coreset: config.patchcore.coreset,
        score: scoreSpec(input),
        seed,
        size: mapSize(input),
      },
      needs: embeddings,
      seconds: 0.1 * training.length,
    });
  }

  function pooledGaussians(): Job {
    const gaussians = plans.map(({ clean }) => clean.padim.models.jobs[0]!);
    return make<PooledGaussiansOptions>({
      id: 'fit/global/padim',
      stage: 'global',
      kind: 'pooled-gaussians',
      options: { gaussians, seed, size: mapSize(input) },
      needs: gaussians,
      seconds: 5,
    });
  }

  function modelFile(): Job {
    const calibration = plans.map(({ category: { name, split } }) => ({
      category: name,
      images: split.val.map(imageRef),
      condition: null,
    }));
    return make<ModelOptions>({
      id: `model/global/${method}`,
      stage: 'global',
      kind: 'model',
      options: {
        category: 'global',
        calibration,
        method,
        network: networkOptions(input, method),
        seed,
        model: fitted.id,
        training,
        coreset: config.patchcore.coreset,
        score: scoreSpec(input),
        fpr: config.calibration.fpr,
      },
      files: plans.flatMap(({ category: { name, split } }) =>
        split.val.map(({ id, sha256 }) => ({ name: `${name}/${id}`, sha256 })),
      ),
      needs: [fitted.id],
      features: plans.map(({ category: { name } }) => featuresId(name, CLEAN, 'val')),
      seconds: 5 + 0.02 * calibration.flatMap(({ images }) => images).length,
    });
  }
}
