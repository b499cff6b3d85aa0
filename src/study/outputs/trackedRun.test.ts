import { describe, expect, it } from 'vitest';
import type { Estimate } from '../../result/estimate.ts';
import type { LadderResult, LadderRung } from '../../result/ladder.ts';
import type { StudyResult } from '../../result/result.ts';
import type { ScenarioResult } from '../../result/scenario.ts';
import { trackedRun } from './trackedRun.ts';

const TIMES = { startedAt: 10, endedAt: 20 };

/** As far as trackers are told of it. */
const scenario = (
  name: ScenarioResult['scenario'],
  category: string,
  metrics: readonly ScenarioResult['runs'][number]['metrics'][],
) =>
  ({
    category,
    method: 'padim',
    scenario: name,
    runs: metrics.map((own, i) => ({ seed: 40 + i, metrics: own })),
  }) as unknown as ScenarioResult;

const estimate = (value: number | null): Estimate => ({
  value,
  n: 1,
  deviation: null,
  interval: null,
});

const rung = (pictures: number, strategy: LadderRung['strategy'], f1: number | null) => ({
  pictures,
  strategy,
  metrics: { f1: estimate(f1) },
});

const result = (experiments: StudyResult['experiments']) =>
  ({
    name: 'line 3',
    seed: 42,
    createdBy: 'flawmap 1.2.3',
    backbone: { name: 'filterbank', sha256: null, layers: {} },
    categories: [{ name: 'bottle' }, { name: 'zipper' }],
    experiments,
  }) as unknown as StudyResult;

describe('trackedRun', () => {
  it('tells name, times and what the study was made with', () => {
    expect(trackedRun(result({}), TIMES)).toEqual({
      name: 'line 3',
      params: {
        seed: 42,
        backbone: 'filterbank',
        categories: 'bottle zipper',
        created_by: 'flawmap 1.2.3',
      },
      metrics: [],
      ...TIMES,
    });
  });

  it('has a step for each seed, and nothing where a metric is not computable', () => {
    const experiments = {
      clean: [scenario('clean', 'bottle', [{ f1: 0.5, pro: null }, { f1: 0.75 }])],
      shift_with_adaptation: [scenario('shift-full', 'zipper', [{ image_auroc: 1 }])],
    };
    expect(trackedRun(result(experiments), TIMES).metrics).toEqual([
      { tag: 'bottle/padim/clean/f1', value: 0.5, step: 0 },
      { tag: 'bottle/padim/clean/f1', value: 0.75, step: 1 },
      { tag: 'zipper/padim/shift-full/image_auroc', value: 1, step: 0 },
    ]);
  });

  it('has a step for each number of pictures, with no adaptation as step 0 of both ways', () => {
    const ladder = {
      category: 'bottle',
      method: 'patchcore',
      none: { f1: estimate(0.25) },
      rungs: [
        rung(1, 'recalibrate', 0.5),
        rung(1, 'append', null),
        rung(5, 'recalibrate', 0.625),
        rung(5, 'append', 0.75),
      ],
    } as unknown as LadderResult;
    const { metrics } = trackedRun(result({ adaptation_ladder: [ladder] }), TIMES);
    const values = (strategy: string) =>
      metrics
        .filter(({ tag }) => tag === `bottle/patchcore/ladder-${strategy}/f1`)
        .map(({ step, value }) => [step, value]);
    expect(values('recalibrate')).toEqual([
      [0, 0.25],
      [1, 0.5],
      [5, 0.625],
    ]);
    expect(values('append')).toEqual([
      [0, 0.25],
      [5, 0.75],
    ]);
    expect(metrics).toHaveLength(5);
  });
});
