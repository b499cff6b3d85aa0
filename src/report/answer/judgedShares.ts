/** Counts of judged images, mean over seeds, as sentences have them. */
import type { ScenarioResult } from '../../result/scenario.ts';
import { fixed } from '../wording/withInterval.ts';

type Confusion = ScenarioResult['runs'][number]['confusion'];

/** `7 of 10`, `6.8 of 10`; null without such images or seeds. */
export function flaggedNormals(scenario: ScenarioResult): string | null {
  return share(scenario, ({ fp }) => fp, scenario.counts.test.normal);
}

/** Of the anomalous images, those that are flagged. */
export function foundAnomalies(scenario: ScenarioResult): string | null {
  return share(scenario, ({ tp }) => tp, scenario.counts.test.anomalous);
}

function share({ runs }: ScenarioResult, count: (c: Confusion) => number, total: number) {
  if (runs.length === 0 || total === 0) return null;
  const mean = runs.reduce((sum, { confusion }) => sum + count(confusion), 0) / runs.length;
  return `${Number(fixed(mean, 1))} of ${total}`;
}
