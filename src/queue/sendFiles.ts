/** The files that stages read, on their way to the store: each once, whatever it is called. */
import { join } from 'node:path';
import { eachAtOnce } from '../core/eachAtOnce.ts';
import { internalError } from '../core/error.ts';
import type { RunControl } from '../core/progress.ts';
import type { Job } from '../pipeline/job.ts';
import { publishFile } from '../store/exchangeFile.ts';
import type { Store } from '../store/store.ts';

/** Files that travel at the same time. */
const AT_ONCE = 8;

/** Where the files of jobs lie here, by their hashes. */
export function filesByHash(jobs: readonly Job[]): Map<string, string> {
  const paths = new Map<string, string>();
  for (const { id, files = [], reads = [], folders = {} } of jobs) {
    for (const { name, sha256 } of [...files, ...reads]) {
      const slash = name.indexOf('/');
      const folder = folders[name.slice(0, slash)];
      if (folder === undefined) {
        throw internalError({ what: `job ${id} does not say in which folder ${name} lies` });
      }
      paths.set(sha256, join(folder, name.slice(slash + 1)));
    }
  }
  return paths;
}

/** @throws FlawmapError (input) where a file is no longer what it was, (environment) */
export async function sendFiles(
  store: Store,
  paths: ReadonlyMap<string, string>,
  { onProgress, signal }: RunControl,
): Promise<void> {
  let done = 0;
  await eachAtOnce([...paths], AT_ONCE, async ([sha256, path]) => {
    signal?.throwIfAborted();
    onProgress?.({ step: 'handing files to the store', done: done++, total: paths.size });
    await publishFile(store, path, sha256, { signal });
  });
}
