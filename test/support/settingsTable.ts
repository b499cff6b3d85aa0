/** The settings of a study as tables, for docs/study-config.md. */
import { type JsonSchema, jsonSchema, sectionOf } from '../../src/study/config/jsonSchema.ts';

export interface Setting {
  /** `padim.channels` */
  readonly path: string;
  readonly schema: JsonSchema;
  readonly required: boolean;
}

/** All of them but sections, in order. */
export function settings(schema: JsonSchema = jsonSchema(), path = ''): Setting[] {
  const { properties = {}, required = [] } = sectionOf(schema) ?? {};
  return Object.entries(properties).flatMap(([name, own]) => {
    const place = path === '' ? name : `${path}.${name}`;
    const inner = settings(own, place);
    const isSection = own.properties !== undefined;
    const setting = { path: place, schema: own, required: required.includes(name) };
    return isSection ? inner : [setting, ...inner];
  });
}

/** Those of one section, as Markdown. */
export function settingsTable(section: string): string {
  const rows = settings()
    .filter(({ path }) => path === section || path.startsWith(`${section}.`))
    .map(
      ({ path, schema, required }) =>
        `| \`${path}\` | ${values(schema)} | ${required ? 'to be given' : code(schema.default)} | ${schema.description ?? ''} |`,
    );
  return ['| setting | values | default | meaning |', '|---|---|---|---|', ...rows].join('\n');
}

function values(schema: JsonSchema): string {
  const { type, anyOf, items } = schema;
  if (anyOf) return anyOf.map(values).join(' or ');
  if (schema.enum) return schema.enum.map(code).join(', ');
  if (type === 'array') return `list of: ${values(items!)}`;
  if (type === 'integer' || type === 'number') return `${NAMES[type]}${range(schema)}`;
  return NAMES[type!]!;
}

const NAMES: Readonly<Record<string, string>> = {
  integer: 'whole number',
  number: 'number',
  string: 'text',
  boolean: '`true`, `false`',
  object: 'settings',
  null: '`null`',
};

function range({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): string {
  const limits = [
    minimum === undefined ? undefined : `from ${minimum}`,
    exclusiveMinimum === undefined ? undefined : `above ${exclusiveMinimum}`,
    maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? undefined : `to ${maximum}`,
    exclusiveMaximum === undefined ? undefined : `below ${exclusiveMaximum}`,
  ];
  return limits
    .filter((limit) => limit !== undefined)
    .map((limit) => ` ${limit}`)
    .join('');
}

const code = (value: unknown): string =>
  `\`${(typeof value === 'string' ? value : JSON.stringify(value)).replaceAll(',', ', ')}\``;
