/** Scores for the threshold explorer: every scenario and method, the first seed of each. */
import type { StudyResult } from '../../result/result.ts';
import { SCENARIOS } from '../../result/scenario.ts';
import { scenariosOf } from '../answer/scenarioOf.ts';
import type { Block, ScoreSet } from '../report.ts';
import { SCENARIO_TITLES } from '../wording/scenarioTitles.ts';
import { marksOf } from './scenarioPlots.ts';

export function thresholdExplorer(result: StudyResult): Block[] {
  const sets = SCENARIOS.flatMap((scenario) =>
    scenariosOf(result, scenario).flatMap(({ category, method, runs, images }): ScoreSet[] => {
      const run = runs[0];
      const scores = images.flatMap(({ id, label, scores: [score] }) =>
        score === undefined ? [] : [{ id, anomalous: label === 'anomalous', score }],
      );
      if (run === undefined || scores.length === 0) return [];
      const set = { category, method, scenario: SCENARIO_TITLES[scenario], seed: run.seed };
      return [{ ...set, scores, marks: marksOf(run.thresholds) }];
    }),
  );
  if (sets.length === 0) return [];
  return [{ kind: 'threshold', id: 'threshold-explorer', title: 'Move the threshold', sets }];
}
