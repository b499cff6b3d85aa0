/** What sections look up in a result document, beside its scenarios and settings. */
import type { StudyResult } from '../../result/result.ts';
import { METHODS, type Method } from '../../result/scenario.ts';
import { numberAt } from '../settingAt.ts';

/** Those that any experiment or part of the analysis has. */
export function methodsOf({ experiments, analysis }: StudyResult): readonly Method[] {
  const parts = [...Object.values(experiments), ...Object.values(analysis)].flat();
  const named = parts.map((part) => member(part, 'method'));
  return METHODS.filter((method) => named.includes(method));
}

export function member(of: unknown, key: string): unknown {
  if (typeof of !== 'object' || of === null || !Object.hasOwn(of, key)) return undefined;
  return (of as Readonly<Record<string, unknown>>)[key];
}

/** Of intervals: 0.95. */
export const confidenceOf = (result: StudyResult): number =>
  numberAt(result, 'metrics.confidence') ?? 0.95;
