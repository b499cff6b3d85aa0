/** Which scenarios of a category are compared. */
import type { Compared, Comparison } from '../../../result/analysis/statistics.ts';
import { METHODS, type Method, type Scenario } from '../../../result/scenario.ts';

/** What can be compared in a study: one for each scenario and method that it runs. */
export type Available = readonly Compared[];

/**
 * The family, and all else worth a look: both methods in every scenario, every step from clean to
 * adapted for each method.
 */
export function comparisonsOf(family: readonly Comparison[], available: Available): Comparison[] {
  const known = [...family, ...explored()].filter((own) => missingSide(own, available) === null);
  const byKey = new Map(known.map((own) => [keyOf(own), own]));
  return [...byKey.values()];
}

export const isIn = (family: readonly Comparison[], comparison: Comparison): boolean =>
  family.some((own) => keyOf(own) === keyOf(comparison));

/** Those of the family that the study has nothing to compare for. */
export function leftOut(family: readonly Comparison[], available: Available) {
  return family.flatMap((own) => {
    const missing = missingSide(own, available);
    return missing === null
      ? []
      : [{ ...own, reason: `${missing.scenario} of ${missing.method} is not part of the study` }];
  });
}

/** The same for the same comparison: decides its random numbers. */
export const keyOf = ({ metric, first, second }: Comparison): string =>
  [metric, first.scenario, first.method, second.scenario, second.method].join(' ');

function missingSide({ first, second }: Comparison, available: Available): Compared | null {
  const has = ({ scenario, method }: Compared) =>
    available.some((own) => own.scenario === scenario && own.method === method);
  return [first, second].find((side) => !has(side)) ?? null;
}

function explored(): Comparison[] {
  const side = (scenario: Scenario, method: Method): Compared => ({ scenario, method });
  const both = (first: Compared, second: Compared): Comparison[] => [
    { metric: 'image_auroc', first, second },
    { metric: 'balanced_accuracy', first, second },
  ];
  // With another threshold alone images are ranked as before.
  const judged = (first: Compared, second: Compared) => both(first, second).slice(1);
  const methods = (scenario: Scenario) =>
    [side(scenario, 'patchcore'), side(scenario, 'padim')] as const;
  return [
    ...both(...methods('clean')),
    ...both(...methods('shift-none')),
    ...judged(...methods('shift-threshold')),
    ...both(...methods('shift-full')),
    ...METHODS.flatMap((method) => [
      ...both(side('shift-none', method), side('clean', method)),
      ...judged(side('shift-threshold', method), side('shift-none', method)),
      ...both(side('shift-full', method), side('shift-none', method)),
      ...both(side('shift-full', method), side('clean', method)),
    ]),
  ];
}
