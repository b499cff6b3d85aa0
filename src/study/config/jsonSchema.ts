/** The configuration as JSON Schema, for editors. */
import { z } from 'zod';
import { studyConfigSchema } from './studyConfig.ts';

/** As far as this program reads it. */
export interface JsonSchema {
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  /** Of settings that may be null: what else they may be, and null. */
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

let made: JsonSchema | undefined;

/** As somebody writes it: what has a default may be left out. Draft 7, which editors know best. */
export function jsonSchema(): JsonSchema {
  made ??= z.toJSONSchema(studyConfigSchema, { io: 'input', target: 'draft-7' }) as JsonSchema;
  return made;
}

/** What `--print-schema` prints. */
export const schemaText = (): string => `${JSON.stringify(jsonSchema(), null, 2)}\n`;

/** What has settings: a section, also one that may be null; undefined for what is none. */
export function sectionOf(schema: JsonSchema): JsonSchema | undefined {
  return [schema, ...(schema.anyOf ?? [])].find(({ properties }) => properties !== undefined);
}
