/** The thresholds of scenarios, what each promises, and what became of it on test images. */

import { counted } from '../../core/listed.ts';
import type { ScenarioResult, Thresholds } from '../../result/scenario.ts';
import { clopperPearson } from '../../stats/clopperPearson.ts';
import { confidenceOf } from '../answer/scenarioOf.ts';
import { RULE_TITLES } from '../wording/ruleTitles.ts';
import { fixed, percent } from '../wording/withInterval.ts';
import { type Cell, numberCell, type Table } from './table.ts';

export function thresholdTable(
  text: Pick<Table, 'id' | 'title'>,
  scenarios: readonly ScenarioResult[],
): Table {
  const seeds = Math.max(...scenarios.map(({ runs }) => runs.length));
  const confidence = confidenceOf(scenarios);
  const mean = seeds > 1 ? ` Thresholds and alarms are means over ${seeds} seeds.` : '';
  return {
    ...text,
    note: `Thresholds come from validation images alone. A promise is the share of good images flagged: on average over validation sets, and for this very set with 95% confidence.${mean}`,
    columns: [
      ...['Category', 'Rule'].map((title) => ({ title })),
      { title: 'Threshold', align: 'right' },
      { title: 'Set on' },
      { title: 'Promise' },
      { title: 'False alarms on test images', align: 'right' },
    ],
    rows: scenarios.flatMap((scenario) => {
      const first = scenario.runs[0];
      if (first === undefined) return [];
      const { chosen, normalOnly } = first.thresholds;
      const rules = [
        row(scenario, 'chosen', chosen, confidence),
        ...(normalOnly.rule === chosen.rule
          ? []
          : [row(scenario, 'normalOnly', normalOnly, confidence)]),
      ];
      return rules;
    }),
  };
}

function row(
  { category, runs, counts: { test, validation } }: ScenarioResult,
  kind: keyof Thresholds,
  threshold: Thresholds['chosen'],
  confidence: number,
): Cell[] {
  const values = runs.map(({ thresholds }) => thresholds[kind].threshold);
  const alarms = runs.map((run) =>
    kind === 'chosen' ? run.confusion.fp : run.normalOnlyConfusion.fp,
  );
  const images = `${validation.normal} normal and ${counted(validation.anomalous, 'anomalous image')}`;
  return [
    category,
    RULE_TITLES[threshold.rule],
    numberCell(meanOf(values), 2),
    'k' in threshold ? counted(threshold.n, 'normal image') : images,
    promise(threshold),
    alarmCell(meanOf(alarms), test.normal, confidence),
  ];
}

function alarmCell(alarms: number, normals: number, confidence: number) {
  if (normals === 0) return numberCell(null, 3, { reason: 'no normal test images' });
  return numberCell(alarms / normals, 3, {
    interval: clopperPearson(alarms, normals, confidence),
    n: normals,
  });
}

function promise(threshold: Thresholds['chosen']): string {
  if (threshold.rule === 'f1-optimal') {
    return `none; F1 ${fixed(threshold.f1, 3)} on the images it was set on, ${percent(threshold.prevalence)} of them anomalous`;
  }
  const { averageFpr, upperFpr } = threshold;
  return `at most ${percent(averageFpr)} on average, ${percent(upperFpr)} for this set`;
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
