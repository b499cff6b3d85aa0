import { canonicalJson } from './canonicalJson.ts';
import type { Json } from './job.ts';
import type { KeyParts } from './jobKey.ts';

/** Longer values are cut in what people read. */
const LONGEST_VALUE = 40;

/**
 * Why a job's result is another than last time: `options.coreset changed from 0.05 to 0.1`.
 * Undefined where nothing has changed.
 */
export function explainChange(before: KeyParts, now: KeyParts): string | undefined {
  const changes = [
    ...changesOf('kind', before.kind, now.kind),
    ...(before.version === now.version
      ? []
      : [`worker version ${before.version} to ${now.version}`]),
    ...changesOf('options', before.options, now.options),
    ...entryChanges('input file', before.files, now.files),
    ...entryChanges('upstream', before.upstream, now.upstream),
  ];
  const [first, ...others] = changes;
  if (first === undefined || others.length === 0) return first;
  return `${first}, and ${others.length} more ${others.length === 1 ? 'change' : 'changes'}`;
}

function changesOf(path: string, before: Json | undefined, now: Json | undefined): string[] {
  if (textOf(before) === textOf(now)) return [];
  if (isObject(before) && isObject(now)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(now)]);
    return [...keys].flatMap((key) => changesOf(`${path}.${key}`, before[key], now[key]));
  }
  if (Array.isArray(before) && Array.isArray(now) && before.length === now.length) {
    return before.flatMap((item, index) => changesOf(`${path}[${index}]`, item, now[index]));
  }
  return [`${path} changed from ${brief(before)} to ${brief(now)}`];
}

const isObject = (value: Json | undefined): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function brief(value: Json | undefined): string {
  const text = textOf(value);
  if (text.length <= LONGEST_VALUE) return text;
  return Array.isArray(value) ? `${value.length} items` : `${text.slice(0, LONGEST_VALUE - 3)}...`;
}

const textOf = (value: Json | undefined): string =>
  value === undefined ? 'nothing' : canonicalJson(value);

type Entries = readonly (readonly [name: string, hash: string])[];

function entryChanges(what: string, before: Entries, now: Entries): string[] {
  const old = new Map(before);
  const current = new Map(now);
  const changes = [
    ...now.flatMap(([name, hash]) => {
      if (!old.has(name)) return [`${what} ${name} is new`];
      return old.get(name) === hash ? [] : [`${what} ${name} changed`];
    }),
    ...before.flatMap(([name]) => (current.has(name) ? [] : [`${what} ${name} is gone`])),
  ];
  const inOrder = before.every(([name], place) => name === now[place]?.[0]);
  return changes.length > 0 || inOrder ? changes : [`the order of ${what} changed`];
}
