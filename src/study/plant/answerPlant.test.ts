import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { INSPECTOR_METADATA } from '../../../test/support/inspectorMetadata.ts';
import { onnxModel, onnxNode } from '../../../test/support/onnxModel.ts';
import { studyResult } from '../../../test/support/studyResult.ts';
import type { PartScores } from '../../calibration/partScores.ts';
import { writeFileAtomic } from '../../core/atomicFile.ts';
import { encodeInspector } from '../../detector/inspector/writeInspector.ts';
import { resultSchema, type StudyResult } from '../../result/result.ts';
import type { ScenarioResult } from '../../result/scenario.ts';
import { plantResult } from '../analysis/plant/plantResult.ts';
import { answerPlant, type PlantOptions } from './answerPlant.ts';

const root = mkdtempSync(join(tmpdir(), 'flawmap-plant-'));
afterAll(() => rmSync(root, { recursive: true }));

const LINE = {
  partsPerDay: 1000,
  defectRate: 0.1,
  escapeCost: 9,
  falseRejectCost: 1,
  currency: 'EUR',
  promisedFpr: 0.2,
};

const scores = <P extends 'validation' | 'test'>(
  part: P,
  normal: readonly number[],
  anomalous: readonly number[],
): PartScores<P> => ({
  part,
  scores: [...normal, ...anomalous],
  labels: [...normal.map(() => 0 as const), ...anomalous.map(() => 1 as const)],
});

const CONDITION = {
  validation: scores('validation', [1, 2, 3, 4, 5, 6, 7, 8, 9, 12], [8.5, 10, 11, 13]),
  test: scores('test', [1, 5, 9, 11], [7, 12.5, 14, 15, 16]),
};
const CONDITIONS = { clean: CONDITION, 'shift-none': CONDITION, 'shift-threshold': CONDITION };

const plantOf = (category: string, method: 'patchcore' | 'padim') =>
  plantResult({ category, method, seed: 42 }, CONDITIONS, {
    line: LINE,
    confidence: 0.9,
    fpr: 0.05,
  });

const SCENARIO: ScenarioResult = {
  category: 'bottle',
  method: 'padim',
  scenario: 'clean',
  counts: {
    validation: { normal: 10, anomalous: 4 },
    test: { normal: 1, anomalous: 1 },
    pixelImages: 1,
    withoutMask: 1,
  },
  runs: [
    {
      seed: 42,
      thresholds: {
        chosen: { rule: 'f1-optimal', threshold: 3, f1: 0.8, prevalence: 0.3 },
        normalOnly: {
          rule: 'conformal',
          threshold: 4,
          n: 10,
          k: 10,
          targetFpr: 0.1,
          averageFpr: 1 / 11,
          upperFpr: 0.2,
        },
      },
      metrics: {},
      confusion: { tp: 1, fp: 0, tn: 1, fn: 0 },
      normalOnlyConfusion: { tp: 1, fp: 0, tn: 1, fn: 0 },
    },
  ],
  metrics: {},
  baselines: { flagEverything: {}, flagNothing: {} },
  change: null,
  recovery: null,
  notComputable: {},
  images: [
    { id: 'test/good/0.png', label: 'normal', defectType: 'good', scores: [1, 0] },
    { id: 'test/bad/0.png', label: 'anomalous', defectType: 'bad', scores: [9, 0] },
  ],
};

function writeResult(folder: string, parts: Partial<StudyResult>): string {
  const document = studyResult({
    config: { analysis: { plant: LINE }, metrics: { confidence: 0.9 } },
    ...parts,
  });
  expect(resultSchema.safeParse(document).error).toBeUndefined();
  mkdirSync(join(root, folder));
  writeFileSync(join(root, folder, 'result.json'), JSON.stringify(document));
  return join(root, folder);
}

const ask = (source: string, options: Partial<PlantOptions> = {}) =>
  answerPlant({ source, line: {}, category: undefined, method: undefined, ...options });

describe('from a result document', () => {
  let run: string;
  beforeAll(() => {
    const plant = [plantOf('bottle', 'patchcore'), plantOf('zipper', 'padim')];
    run = writeResult('whole', { analysis: { plant } });
  });

  test("answers for every model and condition, with the study's own line", async () => {
    const found = await ask(run);
    expect(found).toMatchObject({ source: run, line: LINE, confidence: 0.9 });
    expect(
      found.answers.map(({ category, method, condition }) => [category, method, condition]),
    ).toEqual(
      [
        ['bottle', 'patchcore'],
        ['zipper', 'padim'],
      ].flatMap((model) =>
        ['clean', 'shift-none', 'shift-threshold'].map((condition) => [...model, condition]),
      ),
    );
    const { report } = plantOf('bottle', 'patchcore').conditions[0]!;
    expect(found.answers[0]).toMatchObject({ ownRule: 'f1-optimal', report: report.data });
    expect(await ask(join(run, 'result.json'))).toEqual({
      ...found,
      source: join(run, 'result.json'),
    });
  });

  test('takes what is said of the line', async () => {
    const found = await ask(run, { line: { escapeCost: 1, partsPerDay: undefined } });
    expect(found.line).toEqual({ ...LINE, escapeCost: 1 });
    expect(found.answers[0]!.report.leastCost!.threshold).toBe(12.5);
  });

  test('leaves out what is not asked for', async () => {
    expect((await ask(run, { category: 'zipper' })).answers).toHaveLength(3);
    await expect(ask(run, { category: 'nut' })).rejects.toThrow(
      /no category nut.*bottle, zipper.*leave --category out/s,
    );
    await expect(ask(run, { category: 'zipper', method: 'patchcore' })).rejects.toThrow(
      /no method patchcore.*padim/s,
    );
  });

  test('refuses a line there cannot be', async () => {
    await expect(ask(run, { line: { defectRate: 1 } })).rejects.toThrow(
      /defect rate.*out of range/,
    );
  });

  test('without the analysis judges thresholds that are known', async () => {
    const folder = writeResult('experiments', { experiments: { clean: [SCENARIO] } });
    const { answers } = await ask(folder);
    expect(answers).toHaveLength(1);
    const { thresholds, imagesNeeded } = answers[0]!.report;
    expect(thresholds[0]).toMatchObject({ rule: 'own', recall: { value: 1 }, fpr: { value: 0 } });
    expect(thresholds[2]).toMatchObject({
      rule: 'least-cost',
      reason: 'the scores of the validation images are not known',
    });
    expect(imagesNeeded.have).toBe(10);
  });

  test('a line of another version falls back to the default one', async () => {
    const folder = writeResult('old', { config: {}, experiments: { clean: [SCENARIO] } });
    const { line, confidence } = await ask(folder);
    expect(line).toMatchObject({ partsPerDay: 20_000, defectRate: 0.002, currency: null });
    expect(confidence).toBe(0.95);
  });
});

describe('from a model file', () => {
  test('judges calibration images, each left out', async () => {
    const path = join(root, 'bottle.onnx');
    const [image] = INSPECTOR_METADATA.calibration.images;
    const { validation } = CONDITION;
    const metadata = {
      ...INSPECTOR_METADATA,
      calibration: {
        ...INSPECTOR_METADATA.calibration,
        image: {
          rule: 'f1-optimal' as const,
          threshold: 8.25,
          f1: 0.8,
          prevalence: 4 / 14,
          conformal: INSPECTOR_METADATA.calibration.pixel,
        },
        counts: { normal: 10, anomalous: 4 },
        images: validation.scores.map((score, i) => ({
          ...image!,
          id: String(i),
          label: validation.labels[i] === 1 ? ('anomalous' as const) : ('normal' as const),
          score,
        })),
      },
    };
    const graph = onnxModel({ opset: 17, nodes: [onnxNode('Identity', ['x'], ['y'])] });
    await writeFileAtomic(path, encodeInspector(graph, metadata, []));
    const { answers } = await ask(path, { line: LINE });
    expect(answers).toHaveLength(1);
    expect(answers[0]).toMatchObject({
      category: 'bottle',
      method: 'patchcore',
      condition: null,
      report: { judgedOn: 'validation images, each left out of the choice' },
    });
    const [own] = answers[0]!.report.thresholds;
    expect(own).toMatchObject({ threshold: 8.25, recall: { counted: { count: 3, total: 4 } } });
  });
});

test('says what it cannot read', async () => {
  await expect(ask(join(root, 'nothing.json'))).rejects.toThrow(
    /cannot read .*nothing\.json.*ENOENT/s,
  );
  const bad = join(root, 'bad.json');
  writeFileSync(bad, '{}');
  await expect(ask(bad)).rejects.toThrow(/bad\.json is not a result/);
  const other = join(root, 'bad.onnx');
  writeFileSync(other, 'not a model');
  await expect(ask(other)).rejects.toThrow(/bad\.onnx/);
  mkdirSync(join(root, 'empty'));
  await expect(ask(join(root, 'empty'))).rejects.toThrow(/empty.*result\.json/s);
});
