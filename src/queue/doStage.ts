/** What a worker does with a stage, from the store and back to it. */
import { readFile, rm } from 'node:fs/promises';
import { forgetPartial, registerPartial } from '../core/atomicFile.ts';
import { eachAtOnce } from '../core/eachAtOnce.ts';
import { inputError, messageOf } from '../core/error.ts';
import type { RunControl } from '../core/progress.ts';
import { type Cache, newPartial } from '../pipeline/cache.ts';
import { evictFor } from '../pipeline/evict.ts';
import type { Executor } from '../pipeline/executor.ts';
import { readArtifact } from '../pipeline/readArtifact.ts';
import { writeArtifact } from '../pipeline/writeArtifact.ts';
import { fetchArtifact, hasArtifact, publishArtifact } from '../store/exchangeArtifact.ts';
import { fetchFile } from '../store/exchangeFile.ts';
import type { FileCache } from '../store/fileCache.ts';
import type { Store } from '../store/store.ts';
import type { Hold } from './holdKeys.ts';
import { LackingFiles, placeFiles } from './placeFiles.ts';
import { jobOf, readSpec, type StageSpec } from './stageSpec.ts';

/** Artifacts that are fetched at the same time; each has several files. */
const AT_ONCE = 2;

/** What other stages have left is not in the store, or not whole. */
export class LackingNeeds extends Error {
  readonly keys: readonly string[];

  constructor(keys: readonly string[]) {
    super(`${keys.length} results that it builds on are not in the store, or not whole`);
    this.keys = keys;
  }
}

/** Its kind has failed; all else that is thrown is no fault of the stage's. */
export class StageFailure extends Error {
  constructor(cause: unknown) {
    super(messageOf(cause), { cause });
  }
}

export interface Workplace {
  readonly store: Store;
  readonly cache: Cache;
  readonly executor: Executor;
  /** Of what was fetched by hash. */
  readonly files: FileCache;
  readonly hold: Hold;
}

/** @throws LackingFiles where the store does not have it */
export async function fetchSpec(
  { store, cache, files }: Pick<Workplace, 'store' | 'cache' | 'files'>,
  sha256: string,
  { signal }: RunControl,
): Promise<StageSpec> {
  const path = newPartial(cache);
  registerPartial(path);
  try {
    const state = await fetchFile(store, files, sha256, path, { signal });
    if (state !== 'whole') throw new LackingFiles([sha256]);
    const spec = readSpec(await readFile(path));
    if (spec !== undefined) return spec;
  } finally {
    await rm(path, { force: true });
    forgetPartial(path);
  }
  throw inputError({
    what: 'a stage in the queue cannot be understood',
    expected: 'a stage as this version of flawmap submits it',
    found: `${store.url}, blob ${sha256}`,
    remedy: 'run the same version of flawmap everywhere',
  });
}

/**
 * Sees to it that the stage's artifact is in the store: it may be there, or in the cache, or is made
 * here from what the store has. Whoever else makes the same meanwhile makes the same bytes.
 * @throws LackingNeeds, LackingFiles, StageFailure; the signal's reason; FlawmapError (environment)
 * where store or cache fail
 */
export async function doStage(
  { store, cache, files, executor, hold }: Workplace,
  spec: StageSpec,
  control: RunControl,
): Promise<'found' | 'made'> {
  const { signal } = control;
  if (await hasArtifact(store, spec.key, { signal })) return 'found';
  await using _held = await hold([spec.key, ...spec.needs.map(({ key }) => key)]);
  if ((await readArtifact(cache, spec.key)).state !== 'whole') {
    const inputs = await fetchNeeds(store, cache, spec, control);
    const job = jobOf(spec);
    await using placed = await placeFiles(store, files, cache, job, control);
    const { local } = placed;
    const { kind, options, alone = false } = job;
    const artifact = await writeArtifact(
      cache,
      { job, key: spec.key, parts: spec.parts },
      (folder) =>
        executor
          .execute({ kind, options, local, inputs, folder, alone }, control)
          .catch((error: unknown) => {
            throw signal?.aborted ? error : new StageFailure(error);
          }),
    );
    await evictFor(cache, artifact);
  }
  control.onProgress?.({ step: 'handing on the result', done: 0, total: 0 });
  await publishArtifact(store, cache, spec.key, { signal });
  return 'made';
}

/** @returns the folder of each, by the job's id */
async function fetchNeeds(
  store: Store,
  cache: Cache,
  { needs }: StageSpec,
  { onProgress, signal }: RunControl,
): Promise<Record<string, string>> {
  const folders: Record<string, string> = {};
  const lacking: string[] = [];
  let done = 0;
  await eachAtOnce(needs, AT_ONCE, async ({ id, key }) => {
    onProgress?.({ step: 'fetching inputs', done: done++, total: needs.length });
    const stored = await fetchArtifact(store, cache, key, { signal });
    if (stored.state === 'whole') folders[id] = stored.artifact.folder;
    else lacking.push(key);
  });
  if (lacking.length > 0) throw new LackingNeeds(lacking);
  // In the order of the needs, which a kind may go by.
  return Object.fromEntries(needs.map(({ id }) => [id, folders[id]!]));
}
