/**
 * The robustness analysis of a small study: conditions that are made in memory and models that are
 * fitted on them are what the study's own stages make of files.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeSyntheticDataset } from '../src/data/synthetic/writeSyntheticDataset.ts';
import type { StudyResult } from '../src/result/result.ts';
import { runStudy } from '../src/study/runStudy.ts';

let root: string;
let result: StudyResult;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'flawmap robustness '));
  const count = { train: 12, good: 6, anomalous: 9 };
  await writeSyntheticDataset({
    out: join(root, 'data'),
    size: 64,
    count,
    categories: ['carpet'],
  });
  const config = join(root, 'study.yaml');
  writeFileSync(
    config,
    `dataset: { root: data, categories: [carpet] }
shift: { preset: illumination }
backbone: { resize: 64 }
split: { validation: 0.4 }
patchcore: { seeds: [42] }
padim: { channels: 8, seeds: [42] }
metrics: { bootstrap: 100 }
experiments: { run: [clean, shift-none, shift-full] }
analysis:
  run: [robustness]
  robustness:
    images: 4
    severities: [severe, mild]
    presets: [noise, seed, corruption-contrast]
    crossShift: [illumination]
outputs: { models: false, report: [] }
cache: { folder: cache }
`,
  );
  ({ result } = await runStudy({ config, out: join(root, 'out'), workers: 1 }));
}, 120_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const elements = () => result.analysis.robustness!;
const scenarioOf = (
  name: 'clean' | 'shift_no_adaptation' | 'shift_with_adaptation',
  method: string,
) => result.experiments[name]!.find((own) => own.method === method)!;

describe('robustness', () => {
  test('tries every preset at ascending severities on the same few images', () => {
    expect(elements().map(({ category, method }) => `${category}/${method}`)).toEqual([
      'carpet/patchcore',
      'carpet/padim',
    ]);
    const [first, second] = elements();
    expect(first!.subset).toMatchObject({ normal: 4, anomalous: 4, of: { normal: 6 } });
    expect(second!.subset).toEqual(first!.subset);
    for (const { presets } of elements()) {
      expect(
        presets.map(({ preset, levels }) => [
          preset,
          ...levels.map(({ level, severity }) => `${level} ${severity}`),
        ]),
      ).toEqual([
        ['noise', 'mild 0.5', 'severe 1.5'],
        ['seed', 'mild 0.5', 'severe 1.5'],
        ['corruption-contrast', 'mild 1', 'severe 5'],
      ]);
    }
  });

  test('judges by the clean thresholds', () => {
    for (const { method, thresholds } of elements()) {
      expect(thresholds).toEqual(scenarioOf('clean', method).runs[0]!.thresholds);
    }
  });

  test('fits, calibrates and scores in memory as from files', () => {
    for (const { method, crossShift } of elements()) {
      const cell = (fittedOn: string, testedOn: string) =>
        crossShift!.cells.find((own) => own.fittedOn === fittedOn && own.testedOn === testedOn)!;
      const pairs = [
        [cell('clean', 'clean'), scenarioOf('clean', method)],
        [cell('clean', 'illumination'), scenarioOf('shift_no_adaptation', method)],
        [cell('illumination', 'illumination'), scenarioOf('shift_with_adaptation', method)],
      ] as const;
      for (const [own, scenario] of pairs) {
        for (const [name, estimate] of Object.entries(own.metrics)) {
          expect(estimate.value, name).toBeCloseTo(scenario.metrics[name]!.value!, 9);
        }
      }
      const { thresholds } = scenarioOf('shift_with_adaptation', method).runs[0]!;
      const fitted = crossShift!.models[1]!.thresholds;
      expect(fitted.normalOnly.threshold / thresholds.normalOnly.threshold).toBeCloseTo(1, 4);
      expect(crossShift!.auroc.data.values.flat().every(Number.isFinite)).toBe(true);
      expect(cell('illumination', 'illumination').change).toBeNull();
      expect(cell('clean', 'illumination').change).not.toBeNull();
    }
  });

  test('says it in words', () => {
    for (const { ranking, degradation, falseAlarms, crossShift } of elements()) {
      for (const { sentence } of [ranking, degradation, falseAlarms, crossShift!.auroc]) {
        expect(sentence).toMatch(/^[A-Z].*\.$/);
        expect(sentence).not.toMatch(/NaN|undefined|null/);
      }
    }
  });
});
