/** Which method a category is answered for. */
import type { StudyResult } from '../../result/result.ts';
import type { Method, ScenarioResult } from '../../result/scenario.ts';
import { mostPictures } from './mostPictures.ts';
import { methodsOf, scenarioOf } from './scenarioOf.ts';

/** On clean images, the method that ranks best over all conditions studied. */
export function bestClean(result: StudyResult, category: string): ScenarioResult | null {
  const ranked = methodsOf(result).flatMap((method) => {
    const clean = scenarioOf(result, 'clean', category, method);
    return clean === undefined ? [] : [{ clean, auroc: meanAuroc(result, clean) }];
  });
  return ranked.sort((a, b) => b.auroc - a.auroc)[0]?.clean ?? null;
}

function meanAuroc(result: StudyResult, { category, method, metrics }: ScenarioResult): number {
  const ladder = ladderOf(result, category, method);
  const estimates = [
    metrics,
    scenarioOf(result, 'shift-none', category, method)?.metrics,
    scenarioOf(result, 'shift-full', category, method)?.metrics,
    ladder === undefined ? undefined : mostPictures(ladder)?.metrics,
  ];
  const values = estimates.flatMap((own) => own?.image_auroc?.value ?? []);
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

export const ladderOf = ({ experiments }: StudyResult, category: string, method: Method) =>
  experiments.adaptation_ladder?.find((own) => own.category === category && own.method === method);
