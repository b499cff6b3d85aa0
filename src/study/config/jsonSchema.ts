/** The configuration as JSON Schema, for editors. */
import { z } from 'zod';
import { studyConfigSchema } from './studyConfig.ts';

let made: unknown;

/** As somebody writes it: what has a default may be left out. */
export function jsonSchema(): unknown {
  made ??= z.toJSONSchema(studyConfigSchema, { io: 'input' });
  return made;
}
