/** What a study is told, with every default: the source of its checks, its help and its types. */
import { z } from 'zod';
import { DEFAULT_FIT } from '../../inspection/fit.ts';
import { REPORT_FORMATS } from '../../report/reportFormats.ts';
import { METHODS } from '../../result/scenario.ts';
import { hasSeverity } from '../../shift/preset.ts';
import { PRESET_NAMES, PRESETS } from '../../shift/presets.ts';
import { EXPERIMENTS } from '../outputs/experimentNames.ts';
import { analysisConfig } from './analysisConfig.ts';
import { distinct } from './distinct.ts';

const share = z.number().gt(0).lt(1);
const count = z.int().positive();
const seed = z.int().nonnegative();
const ascending = (values: readonly number[]) =>
  values.every((value, i) => i === 0 || value > values[i - 1]!);

const seeds = (first: number, many: number) =>
  z
    .array(seed)
    .min(1)
    .refine(distinct, 'expected different seeds')
    .default(Array.from({ length: many }, (_, i) => first + i));

const layers = z.array(z.string().min(1)).min(1).nullable().default(null);

/** For rules between settings: checked even where one of them is wrong, to tell all at once. */
const always = { when: ({ value }: { value: unknown }) => typeof value === 'object' && !!value };

const synthetic = z.strictObject({
  train: count.default(40).describe('good images to learn from'),
  good: count.default(10).describe('good images to test on'),
  anomalous: count.default(14).describe('defective images to test on'),
  size: z.int().min(64).max(4096).default(256).describe('width and height in pixels'),
});

const dataset = z
  .strictObject({
    root: z
      .string()
      .min(1)
      .nullable()
      .default(null)
      .describe('folder of categories in the MVTec AD layout, relative to this file'),
    synthetic: synthetic
      .nullable()
      .default(null)
      .describe('instead of root: images to be painted into the run folder'),
    categories: z
      .array(z.string().min(1))
      .min(1)
      .refine(distinct, 'expected every category once')
      .default(['hazelnut', 'carpet', 'zipper'])
      .describe('folders of root'),
  })
  .refine(({ root, synthetic: painted }) => (root === null) !== (painted === null), {
    message: 'expected either root (a folder of images) or synthetic (images to be painted)',
    ...always,
  });

const split = z.strictObject({
  validation: share.default(0.2).describe('share of train/good held out for validation'),
  anomalousValidation: z
    .number()
    .min(0)
    .lt(1)
    .default(0.3)
    .describe('share of the anomalous test images used for validation, of every defect type'),
  folder: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe('where the split lists are kept (default: data/processed in the run folder)'),
});

const shift = z
  .strictObject({
    preset: z
      .enum(PRESET_NAMES)
      .default('seed')
      .describe('what is changed (see `flawmap shift --help`)'),
    severity: z
      .number()
      .min(0)
      .max(5)
      .default(1)
      .describe("0 changes nothing, 1 is the preset's own range; of the ladder's lamps as well"),
  })
  .refine(({ preset, severity }) => !PRESETS[preset] || hasSeverity(PRESETS[preset], severity), {
    message: 'expected 0 to 2, or for corruptions one of 0, 1, 2, 3, 4 and 5',
    path: ['severity'],
    ...always,
  });

const backbone = z
  .strictObject({
    name: z
      .string()
      .min(1)
      .default(DEFAULT_FIT.backbone)
      .describe('a name from `flawmap backbone list`, or a file relative to this one'),
    resize: count.default(DEFAULT_FIT.preprocessing.resize).describe('squash images to this edge'),
    crop: count.nullable().default(null).describe('then keep the central square (default: all)'),
  })
  .refine(({ resize, crop }) => crop === null || !(crop > resize), {
    message: 'expected at most resize',
    path: ['crop'],
    ...always,
  });

const patchcore = z.strictObject({
  layers: layers.describe("finest first (default: the backbone's own)"),
  embedding: z
    .enum(['concat', 'paper1024'])
    .default(DEFAULT_FIT.embedding)
    .describe('how the layers become one vector: concatenated, or averaged down to 1024 numbers'),
  coreset: z.number().gt(0).max(1).default(DEFAULT_FIT.coreset).describe('share of patches kept'),
  score: z
    .enum(['max', 'reweighted', 'topk'])
    .default(DEFAULT_FIT.score.kind)
    .describe("an image's score from its patch distances; the ladder takes no reweighted"),
  topk: z
    .number()
    .gt(0)
    .max(1)
    .default(DEFAULT_FIT.score.topk)
    .describe('share of the patches that topk averages'),
  seeds: seeds(42, 3).describe('one model each; ladder, global and model files use the first'),
});

const padim = z.strictObject({
  layers: layers.describe("finest first (default: the backbone's first three)"),
  channels: count.default(DEFAULT_FIT.channels).describe('drawn among those of the layers'),
  seeds: seeds(42, 5).describe('one model each; ladder, global and model files use the first'),
});

const ladder = z.strictObject({
  lamps: count.default(5).describe('changes of light tried, each shared by all images'),
  preset: z.enum(PRESET_NAMES).default('seed').describe('what the lamps are drawn from'),
  pictures: z
    .array(count)
    .min(1)
    .refine(ascending, 'expected ascending numbers')
    .default([1, 5, 10, 20, 40])
    .describe('K: normal pictures taken under the new lamp'),
  draws: count.default(20).describe('random choices of K pictures for each K and lamp'),
});

const experiments = z.strictObject({
  methods: z
    .array(z.enum(METHODS))
    .min(1)
    .refine(distinct, 'expected every method once')
    .default([...METHODS])
    .describe('detectors that are compared'),
  run: z
    .array(z.enum(EXPERIMENTS))
    .min(1)
    .refine(distinct, 'expected every experiment once')
    .default([...EXPERIMENTS])
    .describe('what is done and part of the result'),
  ladder: ladder.prefault({}).describe('the adaptation ladder'),
});

const outputs = z.strictObject({
  models: z.boolean().default(true).describe('write model files'),
  csv: z.boolean().default(true).describe('write tables beside the JSON files'),
  pictures: z
    .int()
    .nonnegative()
    .default(500)
    .describe('test images to keep small copies of for reports, 0 for none'),
  report: z
    .array(z.enum(REPORT_FORMATS))
    .refine(distinct, 'expected every format once')
    .default([...REPORT_FORMATS])
    .describe('write the report as these, see `flawmap report --help`; [] for none'),
  tensorboard: z
    .boolean()
    .default(false)
    .describe('write TensorBoard event files, see docs/tracking.md'),
  mlflow: z
    .strictObject({
      url: z
        .url({ protocol: /^https?$/ })
        .refine((url) => !/^[^/]*\/\/[^/]*@/.test(url), {
          message:
            'expected no credentials in it: MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, hold them',
        })
        .describe('of the server, such as http://localhost:5000'),
      experiment: z.string().min(1).default('flawmap').describe('made where it is missing'),
    })
    .nullable()
    .default(null)
    .describe('send the result to this MLflow server, see docs/tracking.md'),
});

const cache = z.strictObject({
  folder: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe("where intermediate results are kept (default: the user's cache folder)"),
  limitGb: z.number().positive().default(40).describe('least recently used results go first'),
});

export const studyConfigSchema = z.strictObject({
  seed: seed.default(42).describe('of splits, shifts, draws and intervals'),
  dataset: dataset.describe('the images'),
  split: split.prefault({}).describe('what is learnt from, validated and tested on'),
  shift: shift.prefault({}).describe('the change of imaging conditions'),
  backbone: backbone.prefault({}).describe('the frozen feature network'),
  patchcore: patchcore.prefault({}).describe('how PatchCore is fitted'),
  padim: padim.prefault({}).describe('how PaDiM is fitted'),
  calibration: z
    .strictObject({ fpr: share.default(0.05).describe('false positive rate to aim at') })
    .prefault({})
    .describe('thresholds'),
  metrics: z
    .strictObject({
      proLimit: z.number().gt(0).max(1).default(0.3).describe('PRO integrates up to this rate'),
      bootstrap: z.int().min(100).max(100_000).default(2000).describe('resamples of test images'),
      confidence: share.default(0.95).describe('of intervals'),
    })
    .prefault({})
    .describe('how results are measured'),
  experiments: experiments.prefault({}).describe('what is compared'),
  analysis: analysisConfig.prefault({}).describe('why it fails, how sure it is, what choices cost'),
  outputs: outputs.prefault({}).describe('files of the run'),
  cache: cache.prefault({}).describe('intermediate results'),
});

export type StudyConfig = z.infer<typeof studyConfigSchema>;
