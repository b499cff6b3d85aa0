/** Receiver operating characteristics of scenarios, a panel for each category. */
import { rocCurve } from '../../metrics/rocCurve.ts';
import type { ScenarioResult } from '../../result/scenario.ts';
import { curvePanels, type PanelCurve } from './curvePanels.ts';
import type { Plot } from './plot.ts';
import { rankedImages } from './rankedImages.ts';

/**
 * @param label of a scenario's curves, which stands beside them: `PatchCore 0.980`
 * @param style curves of the first style are solid, others dashed
 * @returns null where no scenario has images of both classes
 */
export function rocCurves(
  text: Pick<Plot, 'id' | 'title' | 'sentence'>,
  scenarios: readonly ScenarioResult[],
  label: (scenario: ScenarioResult) => string,
  style: (scenario: ScenarioResult) => string = () => '',
): Plot | null {
  const curves = scenarios.flatMap((scenario) =>
    rankedImages(scenario).flatMap(({ seed, scores, labels }): PanelCurve[] => {
      const points = rocCurve(scores, labels);
      if (points === null) return [];
      return [
        {
          panel: scenario.category,
          method: scenario.method,
          style: style(scenario),
          seed,
          points: points.map(({ fpr, tpr }) => [fpr, tpr]),
          label: label(scenario),
        },
      ];
    }),
  );
  if (curves.length === 0) return null;
  return curvePanels(text, curves, {
    x: 'False positive rate',
    y: 'True positive rate',
    interpolate: 'linear',
  });
}
