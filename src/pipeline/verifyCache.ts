import type { RunControl } from '../core/progress.ts';
import { type Cache, removeObject } from './cache.ts';
import { storedKeys } from './evict.ts';
import { sayingCache } from './placeArtifact.ts';
import { verifyArtifact } from './readArtifact.ts';

export interface Damage {
  readonly key: string;
  /** `the content of model.bin has changed` */
  readonly damage: string;
}

/**
 * Reads every artifact and compares it with the hashes of when it was made. What is damaged is
 * removed, so that the next run that needs it computes it anew.
 * @throws FlawmapError (environment) naming the cache where that is not possible; the signal's reason
 * when it is aborted
 */
export async function verifyCache(
  cache: Cache,
  { onProgress, signal }: RunControl = {},
): Promise<Damage[]> {
  const found: Damage[] = [];
  const keys = await storedKeys(cache);
  for (const [done, key] of keys.entries()) {
    signal?.throwIfAborted();
    onProgress?.({ step: 'checking results', done, total: keys.length });
    const stored = await verifyArtifact(cache, key);
    if (stored.state !== 'damaged') continue;
    found.push({ key, damage: stored.damage });
    await sayingCache(cache, () => removeObject(cache, key));
  }
  if (keys.length > 0) {
    onProgress?.({ step: 'checking results', done: keys.length, total: keys.length });
  }
  return found;
}
