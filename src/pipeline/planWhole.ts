/** Plans that build on nothing but results whose content is as it was when they were made. */
import type { RunControl } from '../core/progress.ts';
import { type Cache, removeObject } from './cache.ts';
import type { Job } from './job.ts';
import type { Registry } from './kind.ts';
import { sayingCache } from './placeArtifact.ts';
import { type PlannedJob, type PlanOptions, planJobs } from './planJobs.ts';
import { verifyArtifact } from './readArtifact.ts';

/**
 * As `planJobs`, and reads what is cached: results that have been damaged since are removed, and
 * their jobs run again.
 * @throws as `planJobs`; FlawmapError (environment) naming the cache where a damaged one cannot be
 * removed; the signal's reason when it is aborted
 */
export async function planWhole(
  jobs: readonly Job[],
  registry: Registry,
  cache: Cache,
  options: PlanOptions,
  control: RunControl = {},
): Promise<readonly PlannedJob[]> {
  const whole = new Set<string>();
  const damages = new Map<string, string>();
  for (;;) {
    const planned = await planJobs(jobs, registry, cache, options);
    const unread = planned.filter(({ key, state }) => state === 'cached' && !whole.has(key));
    if (unread.length === 0) return planned.map((one) => withDamage(one, damages.get(one.key)));
    for (const [done, { key }] of unread.entries()) {
      control.signal?.throwIfAborted();
      control.onProgress?.({ step: 'checking results', done, total: unread.length });
      const stored = await verifyArtifact(cache, key);
      if (stored.state === 'damaged') {
        damages.set(key, stored.damage);
        await sayingCache(cache, () => removeObject(cache, key));
      }
      if (stored.state === 'whole') whole.add(key);
    }
    control.onProgress?.({ step: 'checking results', done: unread.length, total: unread.length });
  }
}

/** Of what was removed, the reason is told. */
const withDamage = (one: PlannedJob, damage: string | undefined): PlannedJob =>
  damage !== undefined && one.state === 'run'
    ? { ...one, why: `its result is damaged: ${damage}` }
    : one;
