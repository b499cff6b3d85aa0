/**
 * A whole study on a small painted data set, in this process: that its parts fit together, that it
 * repeats itself, and that what must be equal is.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeSyntheticDataset } from '../src/data/synthetic/writeSyntheticDataset.ts';
import { openInspector } from '../src/detector/inspector/inspector.ts';
import { decodeImage } from '../src/image/decodeImage.ts';
import { PICTURES_FILE, pictureIndexSchema } from '../src/result/pictures.ts';
import { readResult } from '../src/result/readResult.ts';
import type { StudyResult } from '../src/result/result.ts';
import type { ScenarioResult } from '../src/result/scenario.ts';
import { planRun, runStudy } from '../src/study/runStudy.ts';
import { startMlflowStub } from './support/mlflowStub.ts';

let root: string;
let result: StudyResult;

interface Changes {
  readonly categories?: string;
  readonly seed?: number;
  readonly run?: string;
  readonly analysis?: string;
  readonly outputs?: string;
}

/** A configuration of the smallest study that has all parts. */
function configure(
  name: string,
  {
    categories = 'carpet, zipper',
    seed = 42,
    run,
    analysis = '',
    outputs = 'report: []',
  }: Changes = {},
) {
  const file = join(root, `${name}.yaml`);
  writeFileSync(
    file,
    `seed: ${seed}
dataset: { root: data, categories: [${categories}] }
backbone: { resize: 64 }
split: { validation: 0.4 }
patchcore: { seeds: [${seed}] }
padim: { channels: 8, seeds: [${seed}, ${seed + 1}] }
metrics: { bootstrap: 100 }
experiments:
  ladder: { lamps: 2, pictures: [1, 3, 40], draws: 4 }
  ${run === undefined ? '' : `run: [${run}]`}
analysis: { run: [${analysis}] }
cache: { folder: cache }
outputs: { ${outputs} }`,
  );
  return file;
}

const study = (config: string, out: string, only?: readonly ('clean' | 'ladder')[]) =>
  runStudy({ config, out: join(root, out), only, workers: 1 });

const comparable = ({ measured: _, ...rest }: StudyResult) => rest;

/** The smallest width of any interval in it. */
function narrowest(value: unknown): number {
  if (typeof value !== 'object' || value === null) return Number.POSITIVE_INFINITY;
  const { low, high } = value as { low?: unknown; high?: unknown };
  if (typeof low === 'number' && typeof high === 'number') return high - low;
  return Math.min(Number.POSITIVE_INFINITY, ...Object.values(value).map(narrowest));
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'flawmap study '));
  const count = { train: 12, good: 5, anomalous: 8 };
  await writeSyntheticDataset({ out: join(root, 'data'), size: 64, count });
  await study(configure('whole', { outputs: '' }), 'whole');
  result = await readResult(join(root, 'whole', 'result.json'));
}, 120_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('a study', () => {
  test('has every experiment for every category and method', () => {
    const pairs = ['carpet/patchcore', 'carpet/padim', 'zipper/patchcore', 'zipper/padim'];
    const { global, adaptation_ladder: ladder, ...scenarios } = result.experiments;
    for (const results of [...Object.values(scenarios), ladder]) {
      expect(results!.map(({ category, method }) => `${category}/${method}`)).toEqual(pairs);
    }
    expect(Object.keys(scenarios)).toHaveLength(4);
    expect(global!.map(({ method }) => method)).toEqual(['patchcore', 'padim']);
    expect(result.macro.clean!.padim!.image_auroc!.n).toBe(2);
  });

  test('leaves the files it promises', () => {
    const files = [
      ...['clean', 'shift'].flatMap((on) =>
        ['patchcore', 'padim'].map((method) => `outputs/models/${method}_carpet_${on}.onnx`),
      ),
      'outputs/models/patchcore_global.onnx',
      'outputs/models/padim_global.onnx',
      'outputs/thresholds/clean_thresholds.json',
      'outputs/thresholds/shift_thresholds.json',
      ...[
        'clean',
        'shift_no_adaptation',
        'shift_threshold_only',
        'shift_with_adaptation',
        'adaptation_ladder',
        'global',
      ].flatMap((name) => [
        `outputs/results/${name}_results.json`,
        `outputs/results/${name}_results.csv`,
      ]),
      'data/processed/clean_splits.json',
      'data/processed/shifted_splits.json',
      'report/report.html',
      'report/report.pdf',
      'manifest.json',
    ];
    for (const file of files) expect(existsSync(join(root, 'whole', file)), file).toBe(true);
  });

  test('has pictures of all test images, clean and shifted, named as the scenarios name them', () => {
    const path = (file: string) => join(root, 'whole', file);
    const { pictures, scales } = pictureIndexSchema.parse(
      JSON.parse(readFileSync(path(PICTURES_FILE), 'utf8')),
    );
    const shown = pictures.filter(
      ({ category, split }) => category === 'carpet' && split === 'test',
    );
    const { clean, shift_no_adaptation: shifted } = result.experiments;
    for (const [condition, scenarios] of [
      ['clean', clean],
      ['shifted', shifted],
    ] as const) {
      const ids = shown.filter((picture) => picture.condition === condition).map(({ id }) => id);
      expect(ids).toEqual(scenarios![0]!.images.map(({ id }) => id));
    }
    expect(scales).toHaveLength(4);
    for (const { image, maps } of shown) {
      expect(maps.map(({ method }) => method)).toEqual(['patchcore', 'padim']);
      for (const file of [image, ...maps.map((map) => map.file)]) {
        expect(existsSync(path(file)), file).toBe(true);
      }
    }
    const manifest = JSON.parse(readFileSync(path('manifest.json'), 'utf8'));
    expect(manifest.outputs).toHaveProperty([shown[0]!.image]);
  });

  test('judges every scenario on the same images', () => {
    const { adaptation_ladder: _, global: __, ...scenarios } = result.experiments;
    const firsts = Object.values(scenarios).map((results) => results![0]!);
    const ids = firsts.map(({ images }) => images.map(({ id }) => id));
    for (const own of ids) expect(own).toEqual(ids[0]);
    const counts = firsts.map((first) => first.counts);
    for (const own of counts) expect(own).toEqual(counts[0]);
  });

  test('has intervals of pixel metrics, and of the ladder’s', () => {
    const ladders = result.experiments.adaptation_ladder!;
    const all = [
      ...result.experiments.clean!.map(({ metrics }) => metrics),
      ...ladders.flatMap(({ clean, none, rungs }) => [clean, none, ...rungs.map((r) => r.metrics)]),
    ];
    for (const metrics of all) {
      for (const name of ['pixel_auroc', 'pixel_average_precision', 'pro']) {
        const { low, high } = metrics[name]!.interval!;
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThan(high);
        expect(high).toBeLessThanOrEqual(1);
      }
    }
  });

  test('its model files score as the study did', async () => {
    for (const { category, method, images } of result.experiments.clean!) {
      const model = join(root, 'whole', 'outputs', 'models', `${method}_${category}_clean.onnx`);
      await using inspector = await openInspector(model);
      for (const { id, scores } of images.slice(0, 4)) {
        const { score } = await inspector.inspect(
          await decodeImage(join(root, 'data', category, id)),
        );
        expect(Math.abs(score / scores[0]! - 1)).toBeLessThan(1e-4);
      }
    }
  });

  test('the rung without pictures is the clean model with its normal-only threshold', () => {
    for (const { category, method, clean } of result.experiments.adaptation_ladder!) {
      const own = result.experiments.clean!.find(
        (one) => one.category === category && one.method === method,
      )!;
      const [first] = own.runs;
      expect(clean.image_auroc!.value).toBe(first!.metrics.image_auroc);
      expect(clean.specificity!.value).toBe(first!.metrics.normal_only_specificity);
      expect(clean.f1!.value).toBe(first!.metrics.normal_only_f1);
    }
  });

  test('says which numbers of pictures could not be drawn', () => {
    for (const { leftOut, rungs } of result.experiments.adaptation_ladder!) {
      expect(leftOut.map(({ pictures }) => pictures)).toEqual([40]);
      expect(new Set(rungs.map(({ pictures }) => pictures))).toEqual(new Set([1, 3]));
    }
  });
});

describe('run again', () => {
  test('it is whole where its report cannot be written, and says why', async () => {
    const out = join(root, 'noted');
    mkdirSync(join(out, 'report'), { recursive: true });
    writeFileSync(join(out, 'report', 'mine.txt'), 'mine');
    const config = configure('noted', { outputs: 'report: [tables]' });
    await expect(study(config, 'noted')).rejects.toThrow(/cannot take the place[\s\S]*mine\.txt/);
    expect(existsSync(join(out, 'report', 'mine.txt'))).toBe(true);
    const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
    expect(Object.keys(manifest.outputs)).toContain('result.json');
  }, 60_000);

  test('it is written for TensorBoard, sent to MLflow, and whole where MLflow refuses it', async () => {
    const stub = await startMlflowStub();
    const mlflow = `{ url: '${stub.url}', experiment: line }`;
    const outputs = `tensorboard: true, report: [], mlflow: ${mlflow}`;
    const config = configure('tracked', { outputs });
    const { files } = await study(config, 'tracked');
    expect(files).toContain('outputs/tensorboard/events.out.tfevents.flawmap');
    const [run] = stub.runs;
    expect(run).toMatchObject({ name: 'tracked', status: 'FINISHED' });
    const { value } = run!.metrics.find(({ key }) => key === 'zipper/padim/clean/image_auroc')!;
    const zipper = result.experiments.clean!.find(
      ({ category, method }) => category === 'zipper' && method === 'padim',
    )!;
    expect(value).toBe(zipper.runs[0]!.metrics.image_auroc);

    stub.experiments.set('line', { id: '1', stage: 'deleted' });
    await expect(study(config, 'refused')).rejects.toThrow(/deleted[\s\S]*safe on disk/);
    const manifest = readFileSync(join(root, 'refused', 'manifest.json'), 'utf8');
    expect(Object.keys(JSON.parse(manifest).outputs).sort()).toEqual([...files].sort());
    const refused = await readResult(join(root, 'refused', 'result.json'));
    expect(refused.experiments).toEqual(result.experiments);
  }, 60_000);

  test('its mistakes are those that its scenarios count', async () => {
    const { result: found } = await study(configure('errors', { analysis: 'errors' }), 'errors');
    const { clean, shift_no_adaptation: shifted } = found.experiments;
    expect(found.analysis.errors!.map(({ category }) => category)).toEqual(['carpet', 'zipper']);
    for (const { category, conditions } of found.analysis.errors!) {
      expect(conditions.map(({ scenario }) => scenario)).toEqual(['clean', 'shift-none']);
      for (const { scenario, counts, defects, judgements, bothFail } of conditions) {
        expect(counts.measured).toBe(counts.anomalous);
        for (const { measures } of defects) expect(measures!.area).toBeGreaterThan(0);
        for (const { method, kind, falseNegatives, falsePositives } of judgements) {
          const [run] = (scenario === 'clean' ? clean : shifted)!.find(
            (one) => one.category === category && one.method === method,
          )!.runs;
          const confusion = kind === 'chosen' ? run!.confusion : run!.normalOnlyConfusion;
          expect([falseNegatives.data.length, falsePositives.data.length]).toEqual([
            confusion.fn,
            confusion.fp,
          ]);
        }
        const { both, one, neither } = bothFail[0]!.chart.data.counts;
        expect(both + one.patchcore! + one.padim! + neither).toBe(counts.anomalous);
      }
    }
  }, 60_000);

  test('its differences are tested where there are images enough, and every number has a width', async () => {
    const { result: found } = await study(
      configure('statistics', { analysis: 'statistics' }),
      'statistics',
    );
    const { adaptation_ladder: _, global: __, ...scenarios } = found.experiments;
    const judged = Object.values(scenarios).flat() as ScenarioResult[];
    const [statistics, ...others] = found.analysis.statistics!;
    expect(others).toEqual([]);
    expect(statistics!.family).toMatchObject({ tests: 14, different: 0, tooFew: 14 });
    for (const { category, metric, first, difference, reason } of statistics!.differences.data) {
      // Five normal images are one too few.
      expect(reason).toMatch(/^too few to test: 5 normal and \d+ anomalous images/);
      const own = judged.find(
        (one) =>
          one.category === category &&
          one.scenario === first.scenario &&
          one.method === first.method,
      );
      expect(first.estimate).toEqual(own!.metrics[metric]);
      expect(difference.interval).not.toBeNull();
    }
    expect(statistics!.macro.sentence).toContain('2 categories are too few to test');
    expect(found.macro.clean!.padim!.image_auroc!.interval).not.toBeNull();
    expect(narrowest(found)).toBeGreaterThan(1e-9);
  }, 60_000);

  test('it computes nothing and says the same', async () => {
    const config = join(root, 'whole.yaml');
    const planned = await planRun({
      config,
      out: join(root, 'whole'),
      only: undefined,
      workers: 1,
    });
    expect(planned.filter(({ state }) => state === 'run')).toEqual([]);
    const again = await study(config, 'again');
    expect(comparable(again.result)).toEqual(comparable(result));
  });

  test('from nothing, it says the same', async () => {
    rmSync(join(root, 'cache'), { recursive: true });
    await study(join(root, 'whole.yaml'), 'whole');
    const text = (folder: string) =>
      JSON.stringify(
        comparable(JSON.parse(readFileSync(join(root, folder, 'result.json'), 'utf8'))),
      );
    expect(text('whole')).toBe(text('again'));
  }, 120_000);

  test('with another seed, something else', async () => {
    const config = configure('other', { seed: 7, run: 'clean, shift-none' });
    const { result: other } = await study(config, 'other');
    const thresholds = ({ experiments }: StudyResult) =>
      experiments.clean!.flatMap(({ runs }) => runs.map((run) => run.thresholds.chosen.threshold));
    expect(thresholds(other)).not.toEqual(thresholds(result));
  }, 60_000);
});

describe('a study of one category', () => {
  test("has a global model that equals the category's own", async () => {
    const config = configure('single', { categories: 'carpet', run: 'clean, global' });
    const { result: single } = await study(config, 'single');
    for (const { categories } of single.experiments.global!) {
      const [carpet] = categories;
      expect(carpet!.pooled).toEqual(carpet!.perCategory);
      expect(carpet!.own).toEqual(carpet!.perCategory);
      expect(carpet!.routing?.patches.wrong ?? 0).toBe(0);
    }
  }, 60_000);
});

describe('one stage alone', () => {
  test('runs with what it builds on, and keeps what other stages have left', async () => {
    // A seed that no other test has left results of.
    const config = configure('staged', { categories: 'zipper', seed: 9 });
    const first = await study(config, 'staged', ['clean']);
    expect(Object.keys(first.result.experiments)).toEqual(['clean']);
    const second = await study(config, 'staged', ['ladder']);
    expect(Object.keys(second.result.experiments)).toEqual(['clean', 'adaptation_ladder']);
  }, 60_000);
});
