/** Which artifacts living runs count on: eviction leaves them alone. */
import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HEARTBEAT, isAlive, type Owner, thisProcess } from './processOwner.ts';

interface Lease extends Owner {
  readonly keys: readonly string[];
}

export async function takeLease(folder: string, keys: readonly string[]): Promise<AsyncDisposable> {
  const path = join(folder, `${process.pid}-${randomBytes(4).toString('hex')}.json`);
  const lease: Lease = { ...thisProcess(), keys };
  await writeFile(path, JSON.stringify(lease));
  const heartbeat = setInterval(() => {
    utimes(path, new Date(), new Date()).catch(() => {});
  }, HEARTBEAT.everyMs);
  heartbeat.unref();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(heartbeat);
      await rm(path, { force: true });
    },
  };
}

/** Keys under lease; leases of dead runs are removed. */
export async function leasedKeys(folder: string): Promise<Set<string>> {
  const keys = new Set<string>();
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    try {
      const lease = JSON.parse(await readFile(path, 'utf8')) as Lease;
      if (isAlive(lease, (await stat(path)).mtimeMs)) for (const key of lease.keys) keys.add(key);
      else await rm(path, { force: true });
    } catch {
      // Being written, or removed, just now: whoever writes it holds the lock that we wait for.
    }
  }
  return keys;
}
