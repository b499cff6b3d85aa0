/** Where the shift costs the most. */
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { ScenarioResult } from '../../result/scenario.ts';
import { describeChange } from '../wording/describeChange.ts';

/** ` Largest in AUROC: hazelnut, PaDiM, a large loss of 0.41 [0.05, 0.66].`, of losses that are shown. */
export function largestLoss(scenarios: readonly ScenarioResult[]): string {
  const lost = scenarios.flatMap(({ category, method, change }) => {
    const auroc = change?.image_auroc;
    if (!auroc || auroc.value === null || describeChange(auroc).kind !== 'loss') return [];
    return [{ name: `${category}, ${METHOD_TITLES[method]}`, auroc, value: auroc.value }];
  });
  if (lost.length === 0) return ' In none a loss of AUROC is shown.';
  const { name, auroc } = lost.reduce((a, b) => (b.value < a.value ? b : a));
  return ` Largest in AUROC: ${name}, ${describeChange(auroc).text}.`;
}
