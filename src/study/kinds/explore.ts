/** `explore`: what the images of a category are like. */
import { join } from 'node:path';
import { explore } from '../../data/explore/explore.ts';
import type { JobContext, Kind } from '../../pipeline/kind.ts';
import { writeJson } from '../artifacts/binaryFile.ts';
import { placesOf } from './condition.ts';
import { RESULT } from './scenario.ts';

export const exploreKind: Kind = {
  name: 'explore',
  version: 1,
  async run(context: JobContext<{ readonly category: string }>) {
    const { options, folder, control } = context;
    const root = placesOf(context).roots[options.category]!;
    await writeJson(join(folder, RESULT), await explore(root, options.category, control));
  },
};
