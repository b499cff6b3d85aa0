/** How the kinds of jobs of the robustness analysis are told what to do with one category. */
import type { SplitImage } from '../../../data/splits/split.ts';
import type { Job } from '../../../pipeline/job.ts';
import type { Method } from '../../../result/scenario.ts';
import type { PresetName } from '../../../shift/presets.ts';
import { imageRef } from '../../images.ts';
import type {
  MethodPart,
  ModelRef,
  RobustnessFitOptions,
  RobustnessOptions,
  RobustnessScoresOptions,
} from '../../kinds/analysis/robustnessOptions.ts';
import type { ShiftSpec } from '../../shiftedImages.ts';
import { CLEAN, filesOf } from '../conditionImages.ts';
import type { CategoryPlan } from '../planCategory.ts';
import type { StudyInput } from '../studyInput.ts';
import {
  jobMaker,
  judgeOptions,
  mapSize,
  networkOptions,
  scoreSpec,
  seedsOf,
} from '../studyJob.ts';

/** Seconds of one model's look at one image. */
const SEARCH_SECONDS = 0.03;

export type Passes = RobustnessScoresOptions['passes'];

/** Models of all methods, fitted on one condition. */
export interface ConditionModels {
  readonly condition: string;
  readonly models: readonly ModelRef[];
}

export function robustnessJobs(input: StudyInput, { category, clean }: CategoryPlan) {
  const { config, backbone } = input;
  const { methods } = config.experiments;
  const { name, split } = category;
  const make = jobMaker(input);
  const id = (rest: string) => `analysis/robustness/${name}/${rest}`;
  const parts: MethodPart[] = methods.map((method) => ({
    method,
    seed: seedsOf(input, method)[0]!,
    network: networkOptions(input, method),
  }));
  const spec = (preset: PresetName, severity: number): ShiftSpec => ({
    preset,
    severity,
    seed: config.seed,
  });
  const modelsOf = (
    condition: string,
    place: (method: Method) => Omit<ModelRef, 'name' | 'method'>,
  ) => ({
    condition,
    models: methods.map((method) => ({
      name: modelName(condition, method),
      method,
      ...place(method),
    })),
  });

  return {
    spec,

    cleanModels: modelsOf(CLEAN.name, (method) => ({
      job: clean[method].models.jobs[0]!,
      folder: '',
    })),

    fit: (preset: PresetName): { readonly job: Job; readonly fitted: ConditionModels } => {
      const job = make<RobustnessFitOptions>({
        id: id(`fit-${preset}`),
        stage: 'analysis',
        kind: 'robustness-fit',
        options: {
          category: name,
          images: split.train.map(imageRef),
          condition: null,
          shift: spec(preset, 1),
          parts,
          coreset: config.patchcore.coreset,
          score: scoreSpec(input),
          size: mapSize(input),
        },
        files: filesOf(name, split.train),
        seconds: (backbone.seconds + 0.1) * split.train.length,
      });
      return { job, fitted: modelsOf(preset, (method) => ({ job: job.id, folder: method })) };
    },

    /** @param read the images of all passes */
    scores: (
      rest: string,
      models: readonly ModelRef[],
      read: readonly SplitImage[],
      passes: Passes,
    ): Job =>
      make<RobustnessScoresOptions>({
        id: id(rest),
        stage: 'analysis',
        kind: 'robustness-scores',
        options: { category: name, parts, models, passes },
        files: filesOf(name, read),
        needs: models.map(({ job }) => job),
        seconds: passes.reduce(
          (sum, pass) =>
            sum + pass.images.length * (backbone.seconds + pass.models.length * SEARCH_SECONDS),
          2,
        ),
      }),

    result: (
      method: Method,
      tried: Pick<RobustnessOptions, 'subset' | 'presets'>,
      crossed: readonly { readonly condition: string; readonly job: string }[],
    ): Job => {
      const { scored } = clean[method];
      return make<RobustnessOptions>({
        id: id(method),
        stage: 'analysis',
        kind: 'analysis-robustness',
        options: {
          category: name,
          method,
          seed: seedsOf(input, method)[0]!,
          judge: judgeOptions(input),
          validation: split.val.map(imageRef),
          test: split.test.map(imageRef),
          ...tried,
          clean: scored,
          model: modelName(CLEAN.name, method),
          crossShift: crossed.map(({ condition, job }) => ({
            condition,
            model: modelName(condition, method),
            job,
          })),
        },
        needs: [
          scored.validation,
          scored.test,
          ...tried.presets.map(({ job }) => job),
          ...crossed.map(({ job }) => job),
        ],
        seconds: 3,
      });
    },
  };
}

const modelName = (condition: string, method: Method): string => `${condition}/${method}`;
