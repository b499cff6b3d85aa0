import { internalError } from '../core/error.ts';
import type { Json } from './job.ts';

/**
 * JSON with the keys of every object sorted, so that equal values have equal texts and others
 * have not. Properties that are undefined count as absent.
 * @param name what the value is called in messages
 * @throws FlawmapError (internal) for what JSON does not hold: NaN, infinity, dates, ...
 */
export function canonicalJson(value: Json, name = 'the value'): string {
  if (Array.isArray(value)) {
    const items = Array.from(value as readonly Json[], (item, index) =>
      canonicalJson(item, `${name}[${index}]`),
    );
    return `[${items.join(',')}]`;
  }
  if (isPlainObject(value)) {
    const entries = Object.keys(value)
      .filter((key) => value[key] !== undefined)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key]!, `${name}.${key}`)}`);
    return `{${entries.join(',')}}`;
  }
  if (value === null || ['boolean', 'string'].includes(typeof value) || Number.isFinite(value)) {
    return JSON.stringify(value);
  }
  throw internalError({
    what: `${name} cannot be part of a job's key`,
    expected: 'plain JSON: null, booleans, finite numbers, strings, arrays and objects',
    found: String(value),
  });
}

function isPlainObject(value: Json): value is Readonly<Record<string, Json>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
