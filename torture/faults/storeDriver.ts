/**
 * Makes artifacts in one cache, publishes them to a store, and fetches them into another cache.
 *
 *     node storeDriver.js CACHE STORE FETCHED
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { humanLog } from '../../src/cli/log.ts';
import { reportError } from '../../src/cli/reportError.ts';
import { inlineExecutor } from '../../src/pipeline/inlineExecutor.ts';
import type { Job } from '../../src/pipeline/job.ts';
import type { JobContext, Kind, Registry } from '../../src/pipeline/kind.ts';
import { openCache } from '../../src/pipeline/openCache.ts';
import { runJobs } from '../../src/pipeline/runJobs.ts';
import { fetchArtifact, publishArtifact } from '../../src/store/exchangeArtifact.ts';
import { openFolderStore } from '../../src/store/folderStore.ts';

const FILE = 'numbers.bin';

const kind: Kind<{ readonly value: number }> = {
  name: 'numbers',
  version: 1,
  async run({ options: { value }, folder }: JobContext<{ readonly value: number }>) {
    await writeFile(join(folder, FILE), new Uint8Array(10_000).fill(value));
  },
};
const registry: Registry = { numbers: kind };
const jobs: Job[] = [1, 2].map((value) => ({
  ...{ id: `job${value}`, stage: 'numbers', kind: 'numbers', options: { value }, needs: [] },
}));

async function main([made = '', place = '', fetched = '']: readonly string[]): Promise<void> {
  await using cache = await openCache(made);
  await using other = await openCache(fetched);
  await using store = await openFolderStore(place);
  const executor = inlineExecutor(registry);
  const artifacts = await runJobs(jobs, registry, cache, { executor });
  for (const [id, { key }] of artifacts) {
    await publishArtifact(store, cache, key);
    const found = await fetchArtifact(store, other, key);
    if (found.state !== 'whole') throw new Error(`${id} is ${found.state}`);
    const bytes = await readFile(join(found.artifact.folder, FILE));
    if (bytes.some((byte) => `job${byte}` !== id)) throw new Error(`${id} has another content`);
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const log = humanLog(process.stderr, 'error', (write) => write());
  process.exitCode = reportError(error, log, false);
}
