/** What each job of a study's last plan was made of, to say next time what has changed. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../core/hash.ts';
import { isKeyParts } from './artifactDocument.ts';
import { type Cache, placeIn, replaceFile } from './cache.ts';
import type { KeyParts } from './jobKey.ts';

export interface PlanRecord {
  /** Of the study. */
  readonly name: string;
  /** By id. */
  readonly jobs: Readonly<Record<string, KeyParts>>;
}

/** Without the jobs that the cache knows nothing of, or of which it cannot read what it wrote. */
export async function readPlanRecord(
  cache: Pick<Cache, 'folder'>,
  name: string,
): Promise<PlanRecord> {
  try {
    const record = JSON.parse(await readFile(fileOf(cache, name), 'utf8')) as PlanRecord;
    const jobs = Object.entries(record.jobs).filter(([, parts]) => isKeyParts(parts));
    return { name, jobs: Object.fromEntries(jobs) };
  } catch {
    return { name, jobs: {} };
  }
}

export const writePlanRecord = (cache: Cache, record: PlanRecord): Promise<void> =>
  replaceFile(cache, fileOf(cache, record.name), JSON.stringify(record));

const fileOf = (cache: Pick<Cache, 'folder'>, name: string): string =>
  join(placeIn(cache, 'plans'), `${sha256(name)}.json`);
