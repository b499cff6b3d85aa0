/** How many of each type of defect are found, with exact intervals. */
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { ScenarioResult } from '../../result/scenario.ts';
import { clopperPearson } from '../../stats/clopperPearson.ts';
import { confidenceOf } from '../answer/scenarioOf.ts';
import { type MetricBar, metricBars } from '../plots/metricBars.ts';
import type { Plot } from '../plots/plot.ts';
import { shareWithInterval } from '../wording/withInterval.ts';

/** Null where no category tells types of defects apart. */
export function recallByType(id: string, scenarios: readonly ScenarioResult[]): Plot | null {
  const confidence = confidenceOf(scenarios);
  const bars = scenarios.flatMap((scenario) => typeBars(scenario, confidence));
  const method = scenarios[0]?.method;
  if (bars.length === 0 || method === undefined) return null;
  const least = bars.reduce((a, b) => (b.value < a.value ? b : a));
  const share = shareWithInterval({ value: least.value, interval: intervalOf(least) });
  const all = bars.every(({ value }) => value === least.value);
  const sentence = all
    ? `Every type is found alike: ${share} of each${bars.length > 1 ? ', of the first type' : ''}.`
    : `Least found: ${least.label} of ${least.panel}, ${share}.`;
  return metricBars(
    {
      id,
      title: `Recall by type of defect: ${METHOD_TITLES[method]}`,
      sentence: `${sentence} At the chosen threshold; in brackets images of the type. Types whose intervals overlap are not shown to differ.`,
    },
    bars,
    { title: 'Recall', ownLabels: true, columns: 2 },
  );
}

const intervalOf = ({ low, high }: MetricBar) =>
  low === null || high === null ? null : { low, high };

function typeBars(
  { category, method, runs, images }: ScenarioResult,
  confidence: number,
): MetricBar[] {
  const types = new Map<string, number[]>();
  for (const { label, defectType, scores } of images) {
    if (label !== 'anomalous') continue;
    const found = runs.filter(({ thresholds }, run) => scores[run]! > thresholds.chosen.threshold);
    types.set(defectType, [...(types.get(defectType) ?? []), found.length / runs.length]);
  }
  if (types.size < 2) return [];
  return [...types].map(([type, shares]) => {
    const found = shares.reduce((sum, share) => sum + share, 0);
    const { low, high } = clopperPearson(found, shares.length, confidence);
    return {
      panel: category,
      label: `${type} (${shares.length})`,
      method,
      value: found / shares.length,
      low,
      high,
      n: shares.length,
    };
  });
}
