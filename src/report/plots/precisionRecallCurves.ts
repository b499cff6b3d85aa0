/** Precision against recall of scenarios, a panel for each category. */
import { precisionRecallCurve } from '../../metrics/precisionRecallCurve.ts';
import type { ScenarioResult } from '../../result/scenario.ts';
import { curvePanels, type PanelCurve } from './curvePanels.ts';
import type { Plot } from './plot.ts';
import { rankedImages } from './rankedImages.ts';

/**
 * @param label of a scenario's curves, which stands beside them: `PatchCore 0.980`
 * @returns null where no scenario has images of both classes
 */
export function precisionRecallCurves(
  text: Pick<Plot, 'id' | 'title' | 'sentence'>,
  scenarios: readonly ScenarioResult[],
  label: (scenario: ScenarioResult) => string,
): Plot | null {
  const curves = scenarios.flatMap((scenario) =>
    rankedImages(scenario).flatMap(({ seed, scores, labels }): PanelCurve[] => {
      const points = precisionRecallCurve(scores, labels);
      if (points === null) return [];
      return [
        {
          panel: scenario.category,
          method: scenario.method,
          style: '',
          seed,
          points: points.map(({ recall, precision }) => [recall, precision]),
          label: label(scenario),
        },
      ];
    }),
  );
  if (curves.length === 0) return null;
  return curvePanels(text, curves, { x: 'Recall', y: 'Precision', interpolate: 'step-before' });
}
