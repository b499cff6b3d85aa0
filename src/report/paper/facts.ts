/** What sections look up in a result document. */
import type { Estimate } from '../../result/estimate.ts';
import type { MetricName } from '../../result/metricNames.ts';
import type { ExperimentName, StudyResult } from '../../result/result.ts';
import { METHODS, type Method, type Scenario, type ScenarioResult } from '../../result/scenario.ts';

const EXPERIMENTS = {
  clean: 'clean',
  'shift-none': 'shift_no_adaptation',
  'shift-threshold': 'shift_threshold_only',
  'shift-full': 'shift_with_adaptation',
} as const satisfies Readonly<Record<Scenario, ExperimentName>>;

/** Empty where the scenario was not run. */
export const scenariosOf = (
  result: StudyResult,
  scenario: Scenario,
  method?: Method,
): readonly ScenarioResult[] =>
  (result.experiments[EXPERIMENTS[scenario]] ?? []).filter(
    (one) => method === undefined || one.method === method,
  );

export const findScenario = (
  result: StudyResult,
  scenario: Scenario,
  category: string,
  method: Method,
): ScenarioResult | undefined =>
  scenariosOf(result, scenario, method).find((one) => one.category === category);

/** Those that any experiment or part of the analysis has. */
export function methodsOf({ experiments, analysis }: StudyResult): readonly Method[] {
  const parts = [...Object.values(experiments), ...Object.values(analysis)].flat();
  const named = parts.map((part) => member(part, 'method'));
  return METHODS.filter((method) => named.includes(method));
}

/** Over categories; undefined where there are none to average. */
export const macroOf = (
  result: StudyResult,
  scenario: Scenario,
  method: Method,
  metric: MetricName,
): Estimate | undefined => result.macro[EXPERIMENTS[scenario]]?.[method]?.[metric];

/** A setting by its path, such as `patchcore.coreset`; undefined where there is none. */
export function setting(result: StudyResult, path: string): unknown {
  return path.split('.').reduce<unknown>(member, result.config);
}

export function member(of: unknown, key: string): unknown {
  if (typeof of !== 'object' || of === null || !Object.hasOwn(of, key)) return undefined;
  return (of as Readonly<Record<string, unknown>>)[key];
}

export function numberSetting(result: StudyResult, path: string): number | null {
  const value = setting(result, path);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function textSetting(result: StudyResult, path: string): string | null {
  const value = setting(result, path);
  return typeof value === 'string' ? value : null;
}

export function listSetting(result: StudyResult, path: string): readonly string[] {
  const value = setting(result, path);
  return Array.isArray(value) ? value.map(String) : [];
}

/** Of intervals: 0.95. */
export const confidenceOf = (result: StudyResult): number =>
  numberSetting(result, 'metrics.confidence') ?? 0.95;
