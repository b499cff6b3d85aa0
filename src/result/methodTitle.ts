/** Methods as their authors write them. */
import type { Method } from './scenario.ts';

export const METHOD_TITLES: Readonly<Record<Method, string>> = {
  patchcore: 'PatchCore',
  padim: 'PaDiM',
};
