/** What jobs take of a machine, by their kind. */
import type { Resources } from '../../pipeline/job.ts';

const GB = 1e9;

const USUAL: Resources = { memoryBytes: 1 * GB, cores: 1 };

/** @param kind the name of the job's kind */
export const resourcesOf = (kind: string): Resources => MORE[kind] ?? USUAL;

const MORE: Readonly<Record<string, Resources>> = {};
