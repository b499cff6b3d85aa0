/** A setting of the study's configuration, by its dotted name. */
import type { StudyResult } from '../result/result.ts';

/** Undefined where the document does not hold it. */
export const settingAt = ({ config }: Pick<StudyResult, 'config'>, name: string): unknown =>
  name.split('.').reduce<unknown>((value, part) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part))
      return undefined;
    return (value as Record<string, unknown>)[part];
  }, config);

export function numberAt(result: Pick<StudyResult, 'config'>, name: string): number | undefined {
  const value = settingAt(result, name);
  return typeof value === 'number' ? value : undefined;
}

export function textAt(result: Pick<StudyResult, 'config'>, name: string): string | undefined {
  const value = settingAt(result, name);
  return typeof value === 'string' ? value : undefined;
}

/** Empty where it is no list. */
export function listAt(result: Pick<StudyResult, 'config'>, name: string): readonly string[] {
  const value = settingAt(result, name);
  return Array.isArray(value) ? value.map(String) : [];
}
