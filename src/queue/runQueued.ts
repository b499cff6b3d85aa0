/** Runs a study's jobs on the workers of a pool. */
import { setMaxListeners } from 'node:events';
import { eachAtOnce } from '../core/eachAtOnce.ts';
import { environmentError, type FlawmapError } from '../core/error.ts';
import type { RunControl } from '../core/progress.ts';
import type { Artifact } from '../pipeline/artifact.ts';
import type { Cache } from '../pipeline/cache.ts';
import { markUsed } from '../pipeline/evict.ts';
import type { Job } from '../pipeline/job.ts';
import type { KeyedJob } from '../pipeline/jobKey.ts';
import type { Registry } from '../pipeline/kind.ts';
import { leaseKeys } from '../pipeline/lease.ts';
import { fetchArtifact, publishArtifact, withdrawArtifact } from '../store/exchangeArtifact.ts';
import { openStore } from '../store/openStore.ts';
import { awaitStages, type FailedStage } from './awaitStages.ts';
import { describeDifference } from './codeVersion.ts';
import { planStages } from './planStages.ts';
import { openPool, type Pool } from './pool.ts';
import { filesByHash, sendFiles } from './sendFiles.ts';
import { HELD_BACK } from './stageData.ts';
import { recordStudy } from './studyRecord.ts';
import { submitStages } from './submitStages.ts';
import { livingWorkers } from './workerState.ts';

export interface QueuedRunOptions {
  /** Address of the Redis server. */
  readonly queue: string;
  /** Folder or address of the store. */
  readonly store: string;
  /** What the study is called for those who look at the pool. */
  readonly name: string;
  /** Ids of the jobs whose artifacts are wanted; default all that are kept. */
  readonly targets?: readonly string[] | undefined;
  readonly control?: RunControl;
}

/** Artifacts that are fetched or handed over at the same time; each has several files. */
const AT_ONCE = 4;
/** Rounds that find nothing but what was tried before: a store that keeps nothing whole. */
const MOST_REPEATS = 3;
/** Of what is written down of a try, the lines that the message has. */
const LOG_LINES = 8;

/**
 * As `runJobs`, but that the work is done elsewhere, and that all is done that can be before failures
 * are told. Killed and called again, it goes on with what workers have done meanwhile.
 * @returns the artifacts of the targets, by job id, in the cache
 * @throws FlawmapError naming every stage that failed, with its log; where Redis or the store cannot
 * be used, or only workers of other versions are there; the signal's reason when it is aborted, while
 * workers go on with what is submitted
 */
export async function runQueued(
  jobs: readonly Job[],
  registry: Registry,
  cache: Cache,
  options: QueuedRunOptions,
): Promise<ReadonlyMap<string, Artifact>> {
  try {
    return await runOnPool(jobs, registry, cache, options);
  } catch (error) {
    // What was asked of a Redis server that is gone fails then, wherever that was.
    options.control?.signal?.throwIfAborted();
    throw error;
  }
}

async function runOnPool(
  jobs: readonly Job[],
  registry: Registry,
  cache: Cache,
  { queue, store: place, name, targets, control = {} }: QueuedRunOptions,
): Promise<ReadonlyMap<string, Artifact>> {
  // Every request to the store listens to it.
  if (control.signal) setMaxListeners(0, control.signal);
  await using store = await openStore(place);
  await using pool = await openPool(queue, store, registry, control.signal);
  await requireSameVersions(pool);
  const tried = new Set<string>();
  for (let repeats = 0; ; ) {
    const plan = await planStages(jobs, registry, cache, store, targets, control);
    if (plan.toRun.every(({ key }) => tried.has(key))) repeats++;
    for (const { key } of plan.toRun) tried.add(key);
    await leaseKeys(
      cache,
      plan.targets.map(({ key }) => key),
    );
    const failed = await compute(pool, cache, plan, name, control);
    const { artifacts, lacking } = await fetchTargets(pool, cache, plan.targets, control);
    if (failed.some(({ reason }) => reason !== HELD_BACK)) {
      throw failureOf(failed, plan.toRun.length);
    }
    if (lacking.length === 0) {
      await markUsed(cache, artifacts.values());
      // Another study that reads the same just now has it done again.
      await eachAtOnce(plan.transient, AT_ONCE, ({ key }) =>
        withdrawArtifact(store, key, { signal: control.signal }),
      );
      return artifacts;
    }
    // What was damaged has been struck from the store, so that the next round has it done again.
    if (repeats === MOST_REPEATS) throw unreadable(pool, lacking);
  }
}

async function compute(
  pool: Pool,
  cache: Cache,
  { toRun, toPublish, keys }: Awaited<ReturnType<typeof planStages>>,
  name: string,
  control: RunControl,
): Promise<FailedStage[]> {
  if (toRun.length === 0) return [];
  const paths = filesByHash(toRun.map(({ job }) => job));
  await sendFiles(pool.store, paths, control);
  await eachAtOnce(toPublish, AT_ONCE, async ({ key }) => {
    await publishArtifact(pool.store, cache, key, { signal: control.signal });
  });
  await recordStudy(pool, name, toRun, keys);
  const submit = (stages: readonly KeyedJob[]) => submitStages(pool, stages, keys, control);
  await submit(toRun);
  const send = async (hashes: readonly string[]) => {
    const wanted = hashes.flatMap((hash) => {
      const path = paths.get(hash);
      return path === undefined ? [] : [[hash, path] as const];
    });
    await sendFiles(pool.store, new Map(wanted), { signal: control.signal });
  };
  return awaitStages(pool, toRun, { submit, send, control });
}

async function fetchTargets(
  { store }: Pool,
  cache: Cache,
  targets: readonly KeyedJob[],
  { onProgress, signal }: RunControl,
): Promise<{
  readonly artifacts: ReadonlyMap<string, Artifact>;
  readonly lacking: readonly string[];
}> {
  const found = new Map<string, Artifact>();
  const lacking: string[] = [];
  let done = 0;
  await eachAtOnce(targets, AT_ONCE, async ({ job: { id }, key }) => {
    signal?.throwIfAborted();
    onProgress?.({ step: 'fetching results', done: done++, total: targets.length });
    const stored = await fetchArtifact(store, cache, key, { signal });
    if (stored.state === 'whole') found.set(id, { id, ...stored.artifact });
    else lacking.push(id);
  });
  const artifacts = new Map(
    targets.flatMap(({ job: { id } }) => {
      const artifact = found.get(id);
      return artifact === undefined ? [] : [[id, artifact] as const];
    }),
  );
  return { artifacts, lacking };
}

/**
 * Workers of another version would never take anything, and nobody would say why.
 * @throws FlawmapError (environment) where there are such workers, and none of ours
 */
async function requireSameVersions(pool: Pool): Promise<void> {
  const workers = await livingWorkers(pool.redis);
  if (workers.some((worker) => worker.pool === pool.id)) return;
  for (const { host, versions } of workers) {
    const difference = describeDifference(versions, pool.versions);
    if (difference === '') continue;
    throw environmentError({
      what: `the worker on ${host} has another version of flawmap`,
      expected: 'workers whose kinds of jobs have the same versions as here',
      found: difference,
      remedy: 'install the same version everywhere, and start the workers again',
    });
  }
}

function failureOf(failed: readonly FailedStage[], total: number): FlawmapError {
  const own = failed.filter(({ reason }) => reason !== HELD_BACK);
  const heldBack = failed.length - own.length;
  const lines = own.map(({ id, reason, log }) => {
    const told = log.flatMap((entry) => entry.split('\n').slice(0, LOG_LINES));
    return [`${id}: ${reason.split('\n')[0]}`, ...told.map((line) => `    ${line}`)].join('\n');
  });
  const others = heldBack === 0 ? '' : `; ${heldBack} more build on them`;
  return environmentError({
    what: `${own.length} of ${total} stages failed, however often they were tried${others}`,
    found: lines.join('\n'),
    remedy: 'all other stages are done and kept: put the cause right, then run the same again',
  });
}

const unreadable = ({ store }: Pool, lacking: readonly string[]): FlawmapError =>
  environmentError({
    what: `the store ${store.url} does not keep results whole`,
    expected: 'every file to be what was written',
    found: `damaged or missing again and again: ${lacking.join(', ')}`,
    remedy: 'see to its disk, or use another store',
  });
