import { join } from 'node:path';

/** The repository's folder, from `build/torture/fuzz`. */
export const ROOT = join(import.meta.dirname, '..', '..', '..');

/** Real photographs and files, where they are there. */
export const SHARED = process.env.FLAWMAP_SHARED ?? join(ROOT, '..', 'shared');
