/** The names of the settings there are. */
import type { z } from 'zod';
import { studyConfigSchema } from './studyConfig.ts';

/** Of the section at a path, also of one in a list; none where there is no section. */
export function knownSettings(path: readonly PropertyKey[]): string[] {
  const names = path.filter((key) => typeof key === 'string');
  const section = names.reduce<Section | undefined>(
    (own, name) => own && sectionIn(own.shape[name]),
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

/** Through what wraps it: defaults, null in its place, a list of such. */
function sectionIn(schema: unknown): Section | undefined {
  let own = schema;
  while (typeof own === 'object' && own !== null) {
    if ('shape' in own) return own as Section;
    const { def } = own as Partial<z.ZodNullable | z.ZodArray>;
    own = def && ('innerType' in def ? def.innerType : 'element' in def ? def.element : undefined);
  }
  return undefined;
}
