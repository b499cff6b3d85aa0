/** Charts that several chapters draw of scenarios, and the sentences that go with them. */

import { counted, listed } from '../../core/listed.ts';
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { Method, ScenarioResult } from '../../result/scenario.ts';
import type { Plot } from '../plots/plot.ts';
import { precisionRecallCurves } from '../plots/precisionRecallCurves.ts';
import { rocCurves } from '../plots/rocCurves.ts';
import { type HistogramPanel, scoreHistogram } from '../plots/scoreHistogram.ts';
import type { Block } from '../report.ts';
import { METRIC_TITLES, type TitledMetric } from '../wording/metricTitles.ts';
import { withInterval } from '../wording/withInterval.ts';

export const plotBlocks = (...plots: readonly (Plot | null)[]): Block[] =>
  plots.flatMap((plot) => (plot === null ? [] : [{ kind: 'plot', plot } as const]));

const valueIn = ({ metrics }: ScenarioResult, metric: TitledMetric): number | null =>
  metrics[metric]?.value ?? null;

/** Up to so many categories are named, of more the ends. */
const NAMED = 4;

/** `hazelnut 0.980 [0.767, 0.998] and carpet 0.990 [0.783, 1.000]`, or from the least to the most. */
export function byCategory(scenarios: readonly ScenarioResult[], metric: TitledMetric): string {
  const known = scenarios.filter((scenario) => valueIn(scenario, metric) !== null);
  const told = ({ category, metrics }: ScenarioResult) =>
    `${category} ${withInterval(metrics[metric]!)}`;
  if (known.length === 0) return 'not computable';
  if (known.length <= NAMED) return listed(known.map(told));
  const sorted = [...known].sort((a, b) => valueIn(a, metric)! - valueIn(b, metric)!);
  return `${counted(known.length, 'category', 'categories')} from ${told(sorted[0]!)} to ${told(sorted.at(-1)!)}`;
}

/** `on 10 normal and 10 anomalous images`, or the ranges over categories. */
export function imagesOf(scenarios: readonly ScenarioResult[]): string {
  const range = (counts: readonly number[]) => {
    const [least, most] = [Math.min(...counts), Math.max(...counts)];
    return least === most ? String(least) : `${least} to ${most}`;
  };
  const normal = range(scenarios.map(({ counts }) => counts.test.normal));
  const anomalous = range(scenarios.map(({ counts }) => counts.test.anomalous));
  return `on ${normal} normal and ${anomalous} anomalous test images${scenarios.length > 1 ? ' each' : ''}`;
}

const seedWords = (scenarios: readonly ScenarioResult[]): string =>
  scenarios.some(({ runs }) => runs.length > 1) ? ' One thin line a seed; numbers are means.' : '';

export function rocPlot(
  id: string,
  title: string,
  scenarios: readonly ScenarioResult[],
): Plot | null {
  const sentence = `Image AUROC: ${byCategory(scenarios, 'image_auroc')}, ${imagesOf(scenarios)}.${seedWords(scenarios)}`;
  return rocCurves({ id, title, sentence }, scenarios, curveLabel('image_auroc'));
}

export function precisionRecallPlot(
  id: string,
  title: string,
  scenarios: readonly ScenarioResult[],
): Plot | null {
  const sentence = `Image average precision: ${byCategory(scenarios, 'image_average_precision')}, ${imagesOf(scenarios)}. Flagging at random reaches the share of anomalous images.${seedWords(scenarios)}`;
  return precisionRecallCurves(
    { id, title, sentence },
    scenarios,
    curveLabel('image_average_precision'),
  );
}

const curveLabel =
  (metric: TitledMetric) =>
  ({ metrics }: ScenarioResult): string =>
    `${METRIC_TITLES[metric].replace('Image ', '')} ${withInterval(metrics[metric] ?? { value: null }, 2)}`;

/** A panel for each scenario, of its first seed. */
export function histogramPlot(
  text: Pick<Plot, 'id' | 'title' | 'sentence'>,
  panels: readonly { readonly panel: string; readonly scenario: ScenarioResult }[],
  columns = 3,
): Plot | null {
  const drawn = panels.flatMap(({ panel, scenario }): HistogramPanel[] => {
    const { category, runs, images } = scenario;
    const run = runs[0];
    const scored = images.flatMap(({ label, scores }) =>
      scores[0] === undefined ? [] : [{ anomalous: label === 'anomalous', score: scores[0] }],
    );
    if (run === undefined || scored.length === 0) return [];
    return [{ panel, group: category, images: scored, thresholds: marksOf(run.thresholds) }];
  });
  return drawn.length === 0 ? null : scoreHistogram(text, drawn, columns);
}

/** The thresholds of a run as charts and the explorer name them; equal rules once. */
export function marksOf({
  chosen,
  normalOnly,
}: ScenarioResult['runs'][number]['thresholds']): { label: string; threshold: number }[] {
  const fromNormal = { label: 'from normal images alone', threshold: normalOnly.threshold };
  if (chosen.rule !== 'f1-optimal') return [fromNormal];
  return [{ label: 'F1-optimal', threshold: chosen.threshold }, fromNormal];
}

export const firstSeedWords = (scenarios: readonly ScenarioResult[], method: Method): string =>
  scenarios.some(({ runs }) => runs.length > 1)
    ? ` ${METHOD_TITLES[method]}'s first seed; the thresholds are that seed's.`
    : '';
