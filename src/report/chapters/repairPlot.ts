/** What the shift costs and what repairs it, for every category and method. */
import type { StudyResult } from '../../result/result.ts';
import { SCENARIOS } from '../../result/scenario.ts';
import { mostPictures } from '../answer/mostPictures.ts';
import { methodsOf, scenarioOf, scenariosOf } from '../answer/scenarioOf.ts';
import { type IntervalDot, intervalDots } from '../plots/intervalDots.ts';
import type { Plot } from '../plots/plot.ts';
import { METRIC_TITLES, type TitledMetric } from '../wording/metricTitles.ts';
import { SCENARIO_TITLES } from '../wording/scenarioTitles.ts';
import { estimatePoint, testImages } from './estimatePoints.ts';
import { largestLoss } from './largestLoss.ts';

/** How images are ranked, and how they are judged. */
const METRICS: readonly TitledMetric[] = ['image_auroc', 'balanced_accuracy'];

export function repairPlot(result: StudyResult): Plot | null {
  const dots = result.categories.flatMap(({ name }) =>
    METRICS.flatMap((metric) => [
      ...scenarioDots(result, name, metric),
      ...ladderDots(result, name, metric),
    ]),
  );
  if (dots.length === 0) return null;
  const shifted = scenariosOf(result, 'shift-none');
  const loss = shifted.length === 0 ? '' : largestLoss(shifted);
  const ladder =
    result.experiments.adaptation_ladder === undefined
      ? ''
      : ' New lamps are an experiment of their own: one draw of the shift for all images, means over lamps, judged at a threshold from normal images alone.';
  return intervalDots(
    {
      id: 'cost-and-repair',
      title: 'What the shift costs and what repairs it',
      sentence: `From top to bottom: clean, shifted, and what adaptation brings back. Left, whether flawed images score higher; right, whether they are judged rightly at the threshold (0.5 is guessing). Lines are intervals over test images.${loss}${ladder}`,
    },
    dots,
    { title: 'Value', domain: [0, 1] },
  );
}

const panelOf = (category: string, metric: TitledMetric) => `${category}: ${METRIC_TITLES[metric]}`;

function scenarioDots(result: StudyResult, category: string, metric: TitledMetric): IntervalDot[] {
  return SCENARIOS.flatMap((scenario) =>
    methodsOf(result).flatMap((method) => {
      const own = scenarioOf(result, scenario, category, method);
      if (own === undefined) return [];
      return estimatePoint(own.metrics[metric], {
        panel: panelOf(category, metric),
        label: SCENARIO_TITLES[scenario],
        method,
        n: testImages(own),
      });
    }),
  );
}

function ladderDots(
  { experiments }: StudyResult,
  category: string,
  metric: TitledMetric,
): IntervalDot[] {
  const ladders = (experiments.adaptation_ladder ?? []).filter((own) => own.category === category);
  const panel = panelOf(category, metric);
  return [
    ...ladders.flatMap(({ none, method, lamps }) =>
      estimatePoint(none[metric], {
        ...{ panel, method, n: lamps.length },
        label: 'New lamps, no adaptation',
      }),
    ),
    ...ladders.flatMap((ladder) => {
      const most = mostPictures(ladder);
      if (most === undefined) return [];
      return estimatePoint(most.metrics[metric], {
        ...{ panel, method: ladder.method, n: ladder.lamps.length },
        label: `New lamps, ${most.pictures} pictures`,
      });
    }),
  ];
}
