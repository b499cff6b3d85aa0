/** What is wrong with a setting: where it is, what was expected, what was found, what may be meant. */
import { type Document, isMap, isNode, isScalar, type LineCounter } from 'yaml';
import type { z } from 'zod';
import { nearestName } from '../../core/nearestName.ts';
import { withoutPassword } from '../../core/withoutPassword.ts';
import { knownSettings, placesOf } from './knownSettings.ts';

/**
 * @param value what the document holds
 * @returns a line for each mistake
 */
export function describeIssue(
  issue: z.core.$ZodIssue,
  value: unknown,
  document: Document.Parsed,
  lines: LineCounter,
): string[] {
  const where = (path: readonly PropertyKey[]) => {
    const place = placeOf(document, path);
    const line = place === undefined ? '' : ` (${at(lines, place)})`;
    return `${path.map(String).join('.') || 'the file'}${line}`;
  };
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const hint = unknownSetting(key, issue.path);
      return `${where([...issue.path, key])}: there is no such setting; ${hint}`;
    });
  }
  const found = issue.path.reduce<unknown>(
    (own, key) => (own as Record<PropertyKey, unknown> | undefined | null)?.[key],
    value,
  );
  return [`${where(issue.path)}: ${expectation(issue, found)}`];
}

/** The name that is meant, or where a setting of this name belongs, or those there are. */
function unknownSetting(key: string, path: readonly PropertyKey[]): string {
  const known = knownSettings(path);
  const near = nearestName(key, known);
  if (near !== undefined) return `did you mean ${near}?`;
  const [elsewhere] = placesOf(key);
  if (elsewhere !== undefined) return `did you mean ${elsewhere}?`;
  return `there are ${known.join(', ')}`;
}

function expectation(issue: z.core.$ZodIssue, found: unknown): string {
  const instead = `, found ${shown(found)}`;
  switch (issue.code) {
    case 'invalid_value': {
      const near = nearestName(String(found), issue.values.map(String));
      const hint = near === undefined ? '' : `; did you mean ${near}?`;
      return `expected one of ${issue.values.join(', ')}${instead}${hint}`;
    }
    case 'invalid_type':
      return `expected ${TYPE_NAMES[issue.expected] ?? issue.expected}${instead}`;
    case 'too_small':
      return `expected ${issue.inclusive ? 'at least' : 'more than'} ${amount(issue.minimum, issue.origin)}${instead}`;
    case 'too_big':
      return `expected ${issue.inclusive ? 'at most' : 'less than'} ${amount(issue.maximum, issue.origin)}${instead}`;
    case 'invalid_format':
      return `expected ${issue.format === 'url' ? 'a URL' : issue.format}${instead}`;
    default:
      return `${issue.message}${instead}`;
  }
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'settings, one a line',
};

const amount = (limit: number | bigint, origin: string): string =>
  origin === 'array' ? `${limit} of them` : origin === 'string' ? `${limit} character` : `${limit}`;

/** Addresses may have passwords, which a terminal or a log of CI must not. */
const seen = (found: unknown) => (typeof found === 'string' ? withoutPassword(found) : found);

function shown(found: unknown): string {
  if (found === undefined || found === null) return 'nothing';
  // JSON has no such numbers.
  const text = typeof found === 'number' ? String(found) : JSON.stringify(seen(found));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** The offset of a setting in the text, or of the nearest one around it. */
function placeOf(document: Document.Parsed, path: readonly PropertyKey[]): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const parent =
      length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find(
        (item) => isScalar(item.key) && String(item.key.value) === String(key),
      );
      if (isScalar(pair?.key)) return pair.key.range?.[0];
    }
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node)) return node.range?.[0];
  }
  return undefined;
}

export function at(lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `line ${line}, column ${col}`;
}
