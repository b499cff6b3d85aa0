/** The scenarios of a result by what they are, whichever experiments it has. */
import type { ExperimentName, StudyResult } from '../../result/result.ts';
import { METHODS, type Method, type Scenario, type ScenarioResult } from '../../result/scenario.ts';

const EXPERIMENTS = {
  clean: 'clean',
  'shift-none': 'shift_no_adaptation',
  'shift-threshold': 'shift_threshold_only',
  'shift-full': 'shift_with_adaptation',
} as const satisfies Record<Scenario, ExperimentName>;

/** In the result's order; empty where the experiment was not run. */
export const scenariosOf = (
  { experiments }: StudyResult,
  scenario: Scenario,
  method?: Method,
): readonly ScenarioResult[] =>
  (experiments[EXPERIMENTS[scenario]] ?? []).filter(
    (one) => method === undefined || one.method === method,
  );

export const scenarioOf = (
  result: StudyResult,
  scenario: Scenario,
  category: string,
  method: Method,
): ScenarioResult | undefined =>
  scenariosOf(result, scenario, method).find((own) => own.category === category);

/** Averages over categories by method; undefined where there are none. */
export const macroOf = ({ macro }: StudyResult, scenario: Scenario, method: Method) =>
  macro[EXPERIMENTS[scenario]]?.[method];

/** Of the scenarios' intervals, as the study was asked for them. */
export function confidenceOf(scenarios: readonly ScenarioResult[]): number {
  const intervals = scenarios.flatMap(({ metrics }) =>
    Object.values(metrics).flatMap(({ interval }) => interval ?? []),
  );
  return intervals[0]?.confidence ?? 0.95;
}

/** The methods that a result has anything of, in the order of `METHODS`. */
export function methodsOf(result: StudyResult): Method[] {
  const { clean, adaptation_ladder, global, ...shifted } = result.experiments;
  const elements = [clean, adaptation_ladder, global, ...Object.values(shifted)];
  const found = new Set(elements.flatMap((list) => (list ?? []).map(({ method }) => method)));
  return METHODS.filter((method) => found.has(method));
}
