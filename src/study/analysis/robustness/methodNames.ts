import type { Method } from '../../../result/scenario.ts';

/** As sentences have them. */
export const METHOD_NAMES: Readonly<Record<Method, string>> = {
  patchcore: 'PatchCore',
  padim: 'PaDiM',
};
