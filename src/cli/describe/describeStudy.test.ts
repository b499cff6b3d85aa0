import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { studyResult } from '../../../test/support/studyResult.ts';
import type { Estimate } from '../../result/estimate.ts';
import type { GlobalResult } from '../../result/globalModel.ts';
import type { LadderResult } from '../../result/ladder.ts';
import type { ScenarioResult } from '../../result/scenario.ts';
import { describeStudy } from './describeStudy.ts';

const plain = (_style: string, text: string) => text;
const OUT = join(process.cwd(), 'runs', 'line');

const estimate = (value: number | null): Estimate => ({
  value,
  n: 1,
  deviation: null,
  interval: null,
});
const metrics = (image_auroc: number | null, f1: number, specificity: number) => ({
  image_auroc: estimate(image_auroc),
  f1: estimate(f1),
  specificity: estimate(specificity),
});

/** What is shown of it. */
const scenario = (category: string, method: string, own: ReturnType<typeof metrics>) =>
  ({
    category,
    method,
    metrics: { ...own, pro: estimate(null) },
    baselines: { flagEverything: { f1: 0.75 } },
  }) as unknown as ScenarioResult;

const text = (own: Parameters<typeof studyResult>[0], files: readonly string[] = []) =>
  describeStudy({ out: OUT, result: studyResult(own), files }, plain);

describe('describeStudy', () => {
  test('puts the scenarios of a category and method under each other', () => {
    const shown = text({
      experiments: {
        clean: [
          scenario('nut', 'padim', metrics(0.9, 0.8, 0.7)),
          scenario('bolt', 'padim', metrics(0.91, 0.81, 0.71)),
          scenario('bolt', 'patchcore', metrics(0.92, 0.82, 0.72)),
        ],
        shift_no_adaptation: [scenario('bolt', 'patchcore', metrics(null, 0.5, 0.25))],
      },
    });
    expect(shown.split('\n').slice(0, 6)).toEqual([
      'Clean, shifted, adapted',
      'category  method     scenario       AUROC     F1  specificity  PRO  F1 of flagging all',
      'bolt      patchcore  clean          0.920  0.820        0.720    -               0.750',
      'bolt      patchcore  no adaptation      -  0.500        0.250    -               0.750',
      'bolt      padim      clean          0.910  0.810        0.710    -               0.750',
      'nut       padim      clean          0.900  0.800        0.700    -               0.750',
    ]);
  });

  test('has the ladder from no pictures on', () => {
    const ladder = {
      category: 'nut',
      method: 'padim',
      none: metrics(0.5, 0.4, 0),
      rungs: [{ pictures: 5, strategy: 'append', metrics: metrics(0.8, 0.7, 0.6) }],
    } as unknown as LadderResult;
    const lines = text({ experiments: { adaptation_ladder: [ladder] } }).split('\n');
    expect(lines.slice(0, 4)).toEqual([
      'Adaptation ladder: K pictures under a new lamp',
      'category  method  K  strategy  AUROC     F1  specificity',
      'nut       padim   0  none      0.500  0.400        0.000',
      'nut       padim   5  append    0.800  0.700        0.600',
    ]);
  });

  test('compares the global model with those of the categories', () => {
    const global = {
      method: 'patchcore',
      categories: [
        {
          category: 'nut',
          perCategory: metrics(0.9, 0.8, 0),
          pooled: metrics(0.85, 0.5, 0),
          own: metrics(0.85, 0.75, 0),
          routing: { patches: { wrong: 1, total: 8, rate: 0.125 } },
        },
      ],
    } as unknown as GlobalResult;
    const lines = text({ experiments: { global: [global] } }).split('\n');
    expect(lines[0]).toBe('One model for all categories');
    expect(lines[2]!.split(/ +/)).toEqual([
      ...['nut', 'patchcore', '0.900', '0.850', '0.800', '0.750', '0.500', '0.125'],
    ]);
  });

  test('tells the limits of the data once each, and where everything is', () => {
    const category = { sha256: '', exploration: null, split: {} };
    const shown = text(
      {
        categories: [
          { ...category, name: 'nut', limitations: ['nut has no masks.', 'val of nut is small.'] },
          { ...category, name: 'bolt', limitations: [] },
        ],
      },
      ['a', 'b', 'c'],
    );
    expect(shown).toBe(
      [
        'Limits of this data',
        'nut has no masks.',
        'val of nut is small.',
        '',
        `3 files in ${join('runs', 'line')}; everything is in ${join('runs', 'line', 'result.json')}`,
      ].join('\n'),
    );
  });

  test('leaves out what was not run', () => {
    expect(text({})).toMatch(/^0 files in /);
  });
});
