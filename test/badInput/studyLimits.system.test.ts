/**
 * Data that a study can be done with, though it cannot tell everything: what is missing is null with
 * a reason, and said among the limitations. One study has a category for each shortcoming.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeSyntheticDataset } from '../../src/data/synthetic/writeSyntheticDataset.ts';
import { ANALYSIS_PARTS } from '../../src/result/analysis.ts';
import { readResult } from '../../src/result/readResult.ts';
import type { StudyResult } from '../../src/result/result.ts';
import { runStudy } from '../../src/study/runStudy.ts';

let root: string;
let result: StudyResult;

/** Keeps the first files of a folder. */
const keep = (folder: string, count: number) => {
  for (const name of readdirSync(folder).sort().slice(count)) rmSync(join(folder, name));
};

/** Of a category's folder: the paths of everything with the images of a defect type. */
const defectFolders = (folder: string, type: string) =>
  ['test', 'ground_truth'].map((part) => join(folder, part, type));

const typesIn = (folder: string) => readdirSync(join(folder, 'ground_truth')).sort();

const removeType = (folder: string, type: string) => {
  for (const path of defectFolders(folder, type)) rmSync(path, { recursive: true });
};

/** What is done to a painted carpet of 8 good training, 3 good and 10 anomalous test images. */
const SHORTCOMINGS: Readonly<Record<string, (folder: string) => void | Promise<void>>> = {
  'no-anomalies': (folder) => {
    for (const type of typesIn(folder)) removeType(folder, type);
  },
  'one-anomaly': (folder) => {
    const [kept, ...others] = typesIn(folder);
    for (const type of others) removeType(folder, type);
    for (const path of defectFolders(folder, kept!)) keep(path, 1);
  },
  // One of each type, and of one type none, so that none are left for validation; no masks.
  'single-types': (folder) => {
    for (const type of typesIn(folder)) keep(join(folder, 'test', type), type === 'hole' ? 0 : 1);
    rmSync(join(folder, 'ground_truth'), { recursive: true });
  },
  // Two to fit on, one to validate; nothing good to test on, and masks for some.
  'few-images': (folder) => {
    keep(join(folder, 'train', 'good'), 3);
    rmSync(join(folder, 'test', 'good'), { recursive: true });
    rmSync(join(folder, 'ground_truth', 'hole'), { recursive: true });
  },
  // The same grey picture again and again, in files that differ.
  alike: async (folder) => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true });
    const images = files.filter(
      (entry) => entry.isFile() && !entry.parentPath.includes('ground_truth'),
    );
    for (const [i, { name, parentPath }] of images.entries()) {
      const create = { width: 64, height: 64, channels: 3, background: '#777' } as const;
      const words = { IFD0: { ImageDescription: `picture ${i}` } };
      await sharp({ create }).withExif(words).png().toFile(join(parentPath, name));
    }
  },
};

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'flawmap-limits-'));
  const count = { train: 8, good: 3, anomalous: 10 };
  for (const [seed, [name, spoil]] of Object.entries(SHORTCOMINGS).entries()) {
    const painted = join(root, `painted-${seed}`);
    await writeSyntheticDataset({ out: painted, size: 64, count, seed, categories: ['carpet'] });
    cpSync(join(painted, 'carpet'), join(root, 'data', name), { recursive: true });
    await spoil(join(root, 'data', name));
  }
  const config = join(root, 'limits.yaml');
  writeFileSync(
    config,
    `dataset: { root: data, categories: [${Object.keys(SHORTCOMINGS).join(', ')}] }
backbone: { resize: 64 }
patchcore: { seeds: [1] }
padim: { channels: 8, seeds: [1] }
metrics: { bootstrap: 100 }
experiments: { ladder: { lamps: 1, pictures: [1, 5], draws: 3 } }
analysis:
  ablation: { coreset: [0.05], scores: [max, topk], embeddings: [], sizes: [], projections: { kinds: [] }, channels: [4, 8], builtin: false, training: [0.5, 1] }
  robustness: { images: 2, severities: [severe], presets: [noise], crossShift: [illumination] }
  efficiency: { images: 2, coreset: [0.1] }
  interpretability: { points: 60, images: 4, explained: 2, comparison: 1 }
  drift: { streams: 10, images: 3, lamps: 1, presets: [illumination], severities: [severe] }
outputs: { models: false }
cache: { folder: cache }
`,
  );
  await runStudy({ config, out: join(root, 'run'), workers: 1 });
  // Refuses what is no number.
  result = await readResult(join(root, 'run', 'result.json'));
}, 240_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const scenarios = () => {
  const { adaptation_ladder: _, global: __, ...own } = result.experiments;
  return Object.values(own).flatMap((results) => results ?? []);
};

const clean = (category: string, method: 'patchcore' | 'padim') =>
  result.experiments.clean!.find((own) => own.category === category && own.method === method)!;

const limitationsOf = (category: string) =>
  result.categories.find(({ name }) => name === category)!.limitations;

describe('a study of data that cannot tell everything', () => {
  test('has every part of the analysis, which says what is not computable and why', () => {
    expect(Object.keys(result.analysis)).toEqual(ANALYSIS_PARTS);
    const text = readFileSync(join(root, 'run', 'outputs', 'analysis.md'), 'utf8');
    expect(text).toContain('ot computable');
    expect(text).not.toMatch(/\bNaN\b|Infinity|undefined|\bnull\b/);
  });

  test('has every scenario, ladder and global model all the same', () => {
    const categories = Object.keys(SHORTCOMINGS);
    expect(scenarios()).toHaveLength(4 * 2 * categories.length);
    expect(result.experiments.adaptation_ladder).toHaveLength(2 * categories.length);
    for (const { categories: own } of result.experiments.global!) {
      expect(own.map(({ category }) => category)).toEqual(categories);
    }
  });

  test.each([
    ['no-anomalies', /has no anomalous images: there is no F1-optimal threshold/],
    ['one-anomaly', /has a single anomalous image, which is tested on/],
    ['single-types', /^val of single-types has no anomalous images/],
    ['single-types', /a single image each of color, cut, metal_contamination, thread/],
    ['single-types', /has no masks in test: there are no pixel metrics/],
    [
      'few-images',
      /^val of few-images has 1 good image, where a false positive rate of 5% takes 19/,
    ],
    ['few-images', /has 2 images to fit on, fewer than PaDiM's 8 channels need/],
    ['few-images', /has no good test images: false alarms cannot be measured/],
    ['few-images', /anomalous test images of few-images have no mask/],
  ])('says of %s what it cannot tell: %s', (category, sentence) => {
    expect(limitationsOf(category)).toEqual(
      expect.arrayContaining([expect.stringMatching(sentence)]),
    );
  });

  test('says why each metric is missing, and misses none without reason', () => {
    for (const { category, method, metrics, notComputable, recovery } of scenarios()) {
      const missing = Object.entries(metrics).filter(([, { value }]) => value === null);
      const names = missing.map(([name]) => name);
      expect(Object.keys(notComputable).sort(), `${category} ${method}`).toEqual(names.sort());
      for (const { value, reason } of Object.values(recovery ?? {})) {
        expect(value === null).toBe(reason !== null);
      }
    }
    expect(clean('no-anomalies', 'padim').notComputable).toMatchObject({
      image_auroc: 'no anomalous test images',
      pro: 'no anomalous test images',
    });
    expect(clean('few-images', 'padim').notComputable).toMatchObject({
      image_auroc: 'no normal test images',
    });
    expect(clean('single-types', 'padim').notComputable).toMatchObject({
      pro: 'no anomalous test image has a mask',
    });
  });

  test('judges with the normal-only threshold where val has no anomalies', () => {
    for (const category of ['no-anomalies', 'one-anomaly', 'single-types']) {
      const { runs, counts } = clean(category, 'patchcore');
      expect(counts.validation.anomalous).toBe(0);
      for (const { thresholds } of runs) {
        expect(thresholds.chosen).toEqual(thresholds.normalOnly);
        expect(thresholds.chosen.rule).toBe('maximum');
      }
    }
  });

  test('does not take a single anomaly for what is known of all', () => {
    for (const method of ['patchcore', 'padim'] as const) {
      const { metrics } = clean('one-anomaly', method);
      for (const name of ['image_auroc', 'f1', 'recall', 'balanced_accuracy']) {
        const { interval } = metrics[name]!;
        if (interval === null) continue;
        expect(['bca', 'percentile'], name).not.toContain(interval.method);
        expect(interval.high - interval.low, name).toBeGreaterThan(0.3);
      }
    }
  });

  test('of pictures that are all alike knows that it cannot tell them apart', () => {
    for (const method of ['patchcore', 'padim'] as const) {
      const { metrics, runs, images } = clean('alike', method);
      expect(metrics.image_auroc!.value).toBe(0.5);
      const scores = images.flatMap((image) => image.scores);
      for (const score of scores) expect(Math.abs(score - scores[0]!)).toBeLessThan(1e-5);
      for (const { thresholds } of runs) {
        expect(Number.isFinite(thresholds.chosen.threshold)).toBe(true);
      }
    }
  });

  test('climbs as far as there are pictures', () => {
    for (const { category, pool, leftOut, rungs } of result.experiments.adaptation_ladder!) {
      expect(pool, category).toBe(category === 'few-images' ? 1 : 2);
      expect(leftOut.map(({ pictures }) => pictures)).toEqual([5]);
      expect(rungs.map(({ pictures }) => pictures)).toEqual([1, 1]);
      for (const { metrics, recovery } of rungs) {
        for (const { value, n } of Object.values(metrics)) expect(value === null).toBe(n === 0);
        for (const { value, reason } of Object.values(recovery)) {
          expect(value === null).toBe(reason !== null);
        }
      }
    }
  });
});
