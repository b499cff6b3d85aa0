/** What of a study's jobs is to be done by a pool: what neither the cache nor the store has. */
import { eachAtOnce } from '../core/eachAtOnce.ts';
import type { RunControl } from '../core/progress.ts';
import type { Cache } from '../pipeline/cache.ts';
import type { Job } from '../pipeline/job.ts';
import { type KeyedJob, keyJobs } from '../pipeline/jobKey.ts';
import type { Registry } from '../pipeline/kind.ts';
import { keptJobs } from '../pipeline/planJobs.ts';
import { readArtifact } from '../pipeline/readArtifact.ts';
import { hasArtifact } from '../store/exchangeArtifact.ts';
import type { Store } from '../store/store.ts';

/** Names that the store is asked for at the same time. */
const AT_ONCE = 16;

export interface StagePlan {
  /** In an order in which each comes after those it needs. */
  readonly toRun: readonly KeyedJob[];
  /** Needed by those, and so far in the cache alone. */
  readonly toPublish: readonly KeyedJob[];
  readonly targets: readonly KeyedJob[];
  /** What nobody wants any more once the targets are there. */
  readonly transient: readonly KeyedJob[];
  /** Of all jobs, by id. */
  readonly keys: ReadonlyMap<string, string>;
}

/** Only looks. */
export async function planStages(
  jobs: readonly Job[],
  registry: Registry,
  cache: Pick<Cache, 'folder'>,
  store: Store,
  targets: readonly string[] | undefined,
  { signal }: RunControl,
): Promise<StagePlan> {
  const keyed = keyJobs(jobs, registry);
  const here = new Set<string>();
  const stored = new Set<string>();
  await eachAtOnce(keyed, AT_ONCE, async ({ key }) => {
    if ((await readArtifact(cache, key)).state === 'whole') here.add(key);
    if (await hasArtifact(store, key, { signal })) stored.add(key);
  });
  const named = new Set(targets ?? keptJobs(jobs));
  const wanted = new Set(named);
  const needed = new Set<string>();
  const toRun: KeyedJob[] = [];
  // Backwards: a job is asked for by those after it.
  for (const one of keyed.toReversed()) {
    const { job, key } = one;
    if (!wanted.has(job.id) || here.has(key) || stored.has(key)) continue;
    toRun.push(one);
    for (const id of job.needs ?? []) {
      wanted.add(id);
      needed.add(id);
    }
  }
  return {
    toRun: toRun.reverse(),
    toPublish: keyed.filter(
      ({ job, key }) => needed.has(job.id) && here.has(key) && !stored.has(key),
    ),
    targets: keyed.filter(({ job }) => named.has(job.id)),
    transient: keyed.filter(({ job }) => job.transient && !named.has(job.id)),
    keys: new Map(keyed.map(({ job, key }) => [job.id, key])),
  };
}
