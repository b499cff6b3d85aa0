/** What the jobs of a study have in common. */
import type { ScoreSpec } from '../../detector/patchcore/imageScore.ts';
import type { FileInput, Job, Json } from '../../pipeline/job.ts';
import type { Method } from '../../result/scenario.ts';
import type {
  JobPlaces,
  JudgeOptions,
  PadimOptions,
  PatchcoreOptions,
} from '../kinds/jobOptions.ts';
import type { Stage } from './stages.ts';
import type { StudyInput } from './studyInput.ts';

export interface JobSpec<O> {
  readonly id: string;
  readonly stage: Stage;
  readonly kind: string;
  readonly options: O;
  readonly files?: readonly FileInput[];
  readonly needs?: readonly string[];
  readonly seconds: number;
  readonly alone?: boolean;
  readonly transient?: boolean;
  /** Jobs that keep the features of the images it reads. */
  readonly features?: readonly string[];
}

export function jobMaker({ categories, backbone }: StudyInput): <O>(spec: JobSpec<O>) => Job {
  const places: JobPlaces = {
    roots: Object.fromEntries(categories.map(({ name, root }) => [name, root])),
    backbone: backbone.place,
  };
  return ({ options, needs = [], features = [], ...spec }) => ({
    ...spec,
    options: options as Json,
    needs: [...new Set([...needs, ...features])],
    local: { ...places, ...(features.length > 0 && { features }) } as unknown as Json,
  });
}

export function networkOptions(
  { config, backbone, layers }: StudyInput,
  method: Method,
): PatchcoreOptions | PadimOptions {
  const { name, sha256, revision, device } = backbone;
  const { resize, crop } = config.backbone;
  const shared = {
    backbone: { name, sha256, ...(revision !== undefined && { revision }) },
    layers: layers[method],
    preprocessing: { resize, crop: crop ?? resize },
    ...(device !== 'cpu' && { device }),
  };
  return method === 'patchcore'
    ? { ...shared, embedding: config.patchcore.embedding }
    : { ...shared, channels: config.padim.channels };
}

export const mapSize = ({ config: { backbone } }: StudyInput): number =>
  backbone.crop ?? backbone.resize;

export const seedsOf = ({ config }: StudyInput, method: Method): readonly number[] =>
  config[method].seeds;

export const scoreSpec = ({ config: { patchcore } }: StudyInput): ScoreSpec => ({
  kind: patchcore.score,
  topk: patchcore.topk,
});

export const judgeOptions = ({ config }: StudyInput): JudgeOptions => ({
  fpr: config.calibration.fpr,
  bootstrap: config.metrics.bootstrap,
  confidence: config.metrics.confidence,
  seed: config.seed,
});
