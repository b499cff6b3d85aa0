/** How each kind of job is told what to do with one category. */
import type { SplitImage } from '../../data/splits/split.ts';
import type { Job } from '../../pipeline/job.ts';
import type { Method, Scenario } from '../../result/scenario.ts';
import type { PresetName } from '../../shift/presets.ts';
import { imageRef } from '../images.ts';
import type {
  AdaptOptions,
  BankOptions,
  EmbedOptions,
  GaussiansOptions,
  ImagesOptions,
  LadderOptions,
  LocaliseOptions,
  ModelOptions,
  PadimOptions,
  PatchcoreOptions,
  ScenarioOptions,
  ScoredBy,
  ScoreOptions,
  ShiftOptions,
} from '../kinds/jobOptions.ts';
import type { Stage } from './stages.ts';
import type { StudyCategory, StudyInput } from './studyInput.ts';
import { jobMaker, judgeOptions, mapSize, networkOptions, scoreSpec, seedsOf } from './studyJob.ts';

/** Images as they are, or as a job has shifted them. */
export interface Condition {
  readonly name: string;
  /** The job; null for the clean images. */
  readonly job: string | null;
}

export const CLEAN: Condition = { name: 'clean', job: null };

/** A method's models on a condition, one for each seed. */
export interface Models {
  readonly method: Method;
  readonly fittedOn: string;
  readonly jobs: readonly string[];
}

export type CategoryJobs = ReturnType<typeof categoryJobs>;

export function categoryJobs(input: StudyInput, { name: category, split }: StudyCategory) {
  const { config, backbone } = input;
  const make = jobMaker(input);
  const judge = judgeOptions(input);
  const everything = [...split.train, ...split.val, ...split.test];
  /** The images that lamps are tried on: pictures are drawn from the first, tested on the others. */
  const pool = split.val.filter(({ label }) => label === 'normal');
  const underLamp = [...pool, ...split.test];

  /** Where images are clean their content is part of the key, else the job that shifted them. */
  const imagesIn = ({ job }: Condition, images: readonly SplitImage[]) => ({
    options: { category, images: images.map(imageRef), condition: job } satisfies ImagesOptions,
    files: job === null ? filesOf(category, images) : [],
    needs: job === null ? [] : [job],
  });

  return {
    pool,

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
        underLamp,
      ),

    embed: (on: Condition): Job => {
      const { options, files, needs } = imagesIn(on, split.train);
      return make<EmbedOptions>({
        id: `embed/${category}/${on.name}`,
        stage: 'embed',
        kind: 'embed',
        options: { ...options, network: networkOptions(input, 'patchcore') as PatchcoreOptions },
        files,
        needs,
        seconds: backbone.seconds * split.train.length,
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
      const { options, files, needs } = imagesIn(on, split.train);
      const seeds = seedsOf(input, 'padim');
      return make<GaussiansOptions>({
        id: `fit/${category}/${on.name}/padim`,
        stage,
        kind: 'gaussians',
        options: { ...options, network: networkOptions(input, 'padim') as PadimOptions, seeds },
        files,
        needs,
        seconds: (backbone.seconds + 0.02 * seeds.length) * split.train.length,
      });
    },

    /** Validation and test images of a condition. */
    score: (
      stage: Stage,
      { method, fittedOn, jobs }: Models,
      on: Condition,
      seeds = seedsOf(input, method),
    ): Job => {
      const images = [...split.val, ...split.test];
      const { options, files, needs } = imagesIn(on, images);
      return make<ScoreOptions>({
        id: `score/${category}/${fittedOn}-model-on-${on.name}/${method}`,
        stage,
        kind: 'score',
        options: {
          ...options,
          method,
          network: networkOptions(input, method),
          seeds,
          models: jobs,
          // Which category's rows a patch finds is a question of the global model alone.
          nearest: method === 'patchcore' && fittedOn === 'global',
        },
        files,
        needs: [...needs, ...jobs],
        seconds: (backbone.seconds + 0.02 * seeds.length) * images.length,
      });
    },

    localise: (scores: Job, method: Method, on: Condition): Job => {
      const { options, files, needs } = imagesIn(on, split.test);
      return make<LocaliseOptions>({
        id: scores.id.replace('score/', 'localise/'),
        stage: scores.stage as Stage,
        kind: 'localise',
        options: {
          ...options,
          scores: scores.id,
          preprocessing: networkOptions(input, method).preprocessing,
          proLimit: config.metrics.proLimit,
        },
        files,
        needs: [...needs, scores.id],
        seconds: 0.02 * split.test.length,
      });
    },

    scenario: (
      scenario: Scenario,
      method: Method,
      scored: ScoredBy,
      clean: ScoredBy | null,
      none: ScoredBy | null,
    ): Job =>
      make<ScenarioOptions>({
        id: `${scenario}/${category}/${method}`,
        stage: scenario,
        kind: 'scenario',
        options: {
          category,
          method,
          scenario,
          seeds: seedsOf(input, method),
          judge,
          validation: split.val.map(imageRef),
          test: split.test.map(imageRef),
          scored,
          clean,
          none,
        },
        needs: [scored, clean, none].flatMap(jobsOf),
        seconds: 0.5,
      }),

    adapt: (model: string, method: Method, lamp: number, under: Job): Job => {
      const { pictures, draws } = config.experiments.ladder;
      const { options, files, needs } = imagesIn({ name: 'lamp', job: under.id }, underLamp);
      return make<AdaptOptions>({
        id: `ladder/${category}/${method}/lamp-${lamp}`,
        stage: 'ladder',
        kind: 'adapt',
        options: {
          ...options,
          method,
          network: networkOptions(input, method),
          seed: seedsOf(input, method)[0]!,
          model,
          lamp,
          pool: pool.length,
          pictures,
          draws,
          score: scoreSpec(input),
          proLimit: config.metrics.proLimit,
          drawSeed: config.seed,
        },
        files,
        needs: [...needs, model],
        seconds: 0.003 * draws * pictures.length * underLamp.length,
      });
    },

    ladder: (method: Method, clean: ScoredBy, lamps: readonly Job[]): Job =>
      make<LadderOptions>({
        id: `ladder/${category}/${method}`,
        stage: 'ladder',
        kind: 'ladder',
        options: {
          category,
          method,
          seed: seedsOf(input, method)[0]!,
          judge,
          pool: pool.map(imageRef),
          test: split.test.map(imageRef),
          clean,
          lamps: lamps.map(({ id }) => id),
          pictures: config.experiments.ladder.pictures,
        },
        needs: [...jobsOf(clean), ...lamps.map(({ id }) => id)],
        seconds: 2,
      }),

    /** The model file of a method's first seed. */
    model: (stage: Stage, method: Method, on: Condition, model: string): Job => {
      const { options, files, needs } = imagesIn(on, split.val);
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
        seconds: 3 + backbone.seconds * split.val.length,
      });
    },
  };

  function shiftJob(
    id: string,
    preset: PresetName,
    lamp: string | null,
    images: readonly SplitImage[],
  ): Job {
    const { options, files } = imagesIn(CLEAN, images);
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
}

/** Images and masks by name and content. */
export function filesOf(category: string, images: readonly SplitImage[]): Job['files'] & object {
  return images.flatMap(({ id, sha256, mask }) => [
    { name: `${category}/${id}`, sha256 },
    ...(mask === null ? [] : [{ name: `${category}/${mask.id}`, sha256: mask.sha256 }]),
  ]);
}

export const jobsOf = (by: ScoredBy | null): string[] =>
  by === null ? [] : [by.validation, by.test, by.pixel];
