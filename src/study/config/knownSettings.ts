/** The names of the settings there are. */
import type { z } from 'zod';
import { studyConfigSchema } from './studyConfig.ts';

/** Of the section at a path; none where there is no section. */
export function knownSettings(path: readonly PropertyKey[]): string[] {
  const section = path.reduce<Section | undefined>(
    (own, key) => own && sectionIn(own.shape[key as string]),
    studyConfigSchema,
  );
  return Object.keys(section?.shape ?? {});
}

/** Full paths of all settings of this name: `padim.channels`. */
export function placesOf(name: string): string[] {
  return pathsIn(studyConfigSchema).filter((path) => path.split('.').at(-1) === name);
}

function pathsIn({ shape }: Section): string[] {
  return Object.entries(shape).flatMap(([name, schema]) => {
    const section = sectionIn(schema);
    return [name, ...(section ? pathsIn(section).map((path) => `${name}.${path}`) : [])];
  });
}

interface Section {
  readonly shape: Readonly<Record<string, unknown>>;
}

/** Through what wraps it: defaults, null in its place. */
function sectionIn(schema: unknown): Section | undefined {
  let own = schema;
  while (typeof own === 'object' && own !== null) {
    if ('shape' in own) return own as Section;
    own = (own as Partial<z.ZodNullable>).def?.innerType;
  }
  return undefined;
}
