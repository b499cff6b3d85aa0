/** `flawmap plant` as people and scripts meet it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plantResult } from '../src/study/analysis/plant/plantResult.ts';
import { plantConfig } from '../src/study/config/analysis/plant.ts';
import { runCommand } from './support/runCommand.ts';
import { studyResult } from './support/studyResult.ts';

let root: string;
let result: string;

const part = <P extends 'validation' | 'test'>(name: P, scores: readonly number[]) => ({
  part: name,
  scores,
  labels: scores.map((score) => (score > 10 ? 1 : 0) as 0 | 1),
});

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'flawmap-plant-'));
  result = join(root, 'result.json');
  const condition = {
    validation: part('validation', [1, 2, 3, 4, 11, 12]),
    test: part('test', [1, 5, 13, 14]),
  };
  const conditions = { clean: condition, 'shift-none': condition, 'shift-threshold': condition };
  const settings = { line: plantConfig.parse({}), confidence: 0.95, fpr: 0.05 };
  const name = { category: 'bottle', method: 'padim', seed: 42 } as const;
  const plant = [plantResult(name, conditions, settings)];
  writeFileSync(result, JSON.stringify(studyResult({ analysis: { plant } })));
});
afterAll(() => rmSync(root, { recursive: true }));

describe('flawmap plant', () => {
  it('tells a day in a table for every condition', async () => {
    const { exitCode, stdout, stderr } = await runCommand(['plant', result]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(
      /^20,000 parts a day, 0\.2% of them defective \(40\); an escape costs 50, /,
    );
    expect(stdout.match(/^bottle, PaDiM, .*$/gm)).toEqual([
      'bottle, PaDiM, clean images',
      'bottle, PaDiM, shifted images',
      'bottle, PaDiM, shifted images, thresholds set anew on them',
    ]);
  });

  it('takes every flag of its help, and --json', async () => {
    const { exitCode, stdout } = await runCommand([
      ...['plant', result, '--json', '--parts-per-day', '1000', '--defect-rate', '0.1'],
      ...['--escape-cost', '9', '--false-reject-cost', '2', '--currency', 'EUR', '--fpr', '0.25'],
      ...['--category', 'bottle', '--method', 'padim'],
    ]);
    expect(exitCode).toBe(0);
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({
      source: result,
      line: {
        partsPerDay: 1000,
        defectRate: 0.1,
        escapeCost: 9,
        falseRejectCost: 2,
        currency: 'EUR',
        promisedFpr: 0.25,
      },
      confidence: 0.95,
    });
    expect(document.answers).toHaveLength(3);
    expect(document.answers[0].report.imagesNeeded).toMatchObject({
      have: 4,
      onAverage: { needed: 3, more: 0 },
    });
    expect(document.answers[0].report.thresholds[3].cost.value).toBe(900);
  });

  it.each([
    [['--defect-rate', '1.5'], /the defect rate is out of range.*above 0 and below 1.*1\.5/s],
    [['--defect-rate', '2%'], /--defect-rate <share> was given a value.*a number.*2%/s],
    [['--parts-per-day', '0'], /parts a day is out of range/],
    [['--escape-cost', '-1'], /cost of an escape is out of range/],
    [['--false-reject-cost', '0'], /cost of a false reject is out of range/],
    [['--fpr', '1'], /false positive rate is out of range/],
    [['--category', 'zipper'], /no category zipper.*bottle/s],
    [['--method', 'patchcore'], /no method patchcore.*padim/s],
    [['--parts', '5'], /unknown option|--parts/],
  ])('refuses %j', async (flags, message) => {
    const { exitCode, stdout, stderr } = await runCommand(['plant', result, ...flags]);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
  });

  it('refuses what is no result and no model', async () => {
    const { exitCode, stderr } = await runCommand(['plant', join(root, 'nothing.onnx')]);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/cannot read .*nothing\.onnx/);
    expect((await runCommand(['plant'])).exitCode).toBe(2);
  });
});
