/** From YAML text to a configuration; everything wrong with it is told at once. */
import { type Document, isMap, isNode, isScalar, LineCounter, parseAllDocuments } from 'yaml';
import type { z } from 'zod';
import { inputError } from '../../core/error.ts';
import { nearestName } from '../../core/nearestName.ts';
import { type StudyConfig, studyConfigSchema } from './studyConfig.ts';

/**
 * @param name the file's, for messages
 * @throws FlawmapError (input) listing every mistake with its place, what was expected and found
 */
export function parseConfig(text: string, name: string): StudyConfig {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  const [document] = documents;
  if (documents.length !== 1 || document === undefined) {
    throw refuse(name, [`expected one YAML document, found ${documents.length}`]);
  }
  const mistakes = document.errors.map(({ message, pos }) => `${at(lines, pos[0])}: ${message}`);
  if (mistakes.length > 0) throw refuse(name, mistakes);
  const value = readValue(document, name);
  const parsed = studyConfigSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw refuse(
    name,
    parsed.error.issues.flatMap((issue) => describeIssue(issue, value, document, lines)),
  );
}

function readValue(document: Document.Parsed, name: string): unknown {
  try {
    // Aliases could multiply a small file into a huge value.
    return document.toJS({ maxAliasCount: 20 }) ?? {};
  } catch (error) {
    throw refuse(name, [error instanceof Error ? error.message : String(error)]);
  }
}

type Issue = z.core.$ZodIssue;

function describeIssue(
  issue: Issue,
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
    const known = knownKeys(studyConfigSchema, issue.path);
    return issue.keys.map((key) => {
      const near = nearestName(key, known);
      const hint = near === undefined ? `there are ${known.join(', ')}` : `did you mean ${near}?`;
      return `${where([...issue.path, key])}: there is no such setting; ${hint}`;
    });
  }
  const found = issue.path.reduce<unknown>(
    (own, key) => (own as Record<PropertyKey, unknown> | undefined | null)?.[key],
    value,
  );
  return [`${where(issue.path)}: ${expectation(issue, found)}`];
}

/** What was expected and what was found. */
function expectation(issue: Issue, found: unknown): string {
  if (issue.code === 'custom') return issue.message;
  const given = found === undefined ? 'nothing' : JSON.stringify(found);
  const instead = `, found ${given.length > 60 ? `${given.slice(0, 57)}...` : given}`;
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

/** The settings at a place of the schema, through what wraps them. */
function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let own: unknown = schema;
  for (const key of [...path, undefined]) {
    while (own !== undefined && !hasShape(own)) own = (own as Wrapper).def?.innerType;
    if (own === undefined) return [];
    if (key === undefined) return Object.keys(own.shape);
    own = own.shape[key as string];
  }
  return [];
}

interface Wrapper {
  readonly def?: { readonly innerType?: unknown };
}

const hasShape = (schema: unknown): schema is { readonly shape: Record<string, unknown> } =>
  typeof schema === 'object' && schema !== null && 'shape' in schema;

/** The offset of a setting in the text, or of the nearest one around it. */
function placeOf(document: Document.Parsed, path: readonly PropertyKey[]): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const parent =
      length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === key);
      if (isScalar(pair?.key)) return pair.key.range?.[0];
    }
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node)) return node.range?.[0];
  }
  return undefined;
}

function at(lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `line ${line}, column ${col}`;
}

const refuse = (name: string, mistakes: readonly string[]) =>
  inputError({
    what: `${name} is no configuration of a study: ${mistakes.length} ${mistakes.length === 1 ? 'mistake' : 'mistakes'}`,
    found: mistakes.join('\n            '),
    remedy: 'see docs/study-config.md, or start from `flawmap study --print-config`',
  });
