/** Hands stages to BullMQ: all of them, or none. */
import { type FlowJob, Job } from 'bullmq';
import { eachAtOnce } from '../core/eachAtOnce.ts';
import type { RunControl } from '../core/progress.ts';
import type { KeyedJob } from '../pipeline/jobKey.ts';
import { waysToTheEnd } from '../pipeline/schedule.ts';
import { putBlob } from '../store/blob.ts';
import { flowOf, noteReaders } from './needs.ts';
import { classesKey, type Pool, placesKey, queueName, stageState } from './pool.ts';
import { tell } from './poolEvents.ts';
import { className, classOf } from './stageClass.ts';
import { type StageData, stageOptions } from './stageData.ts';
import { packSpec, specOf } from './stageSpec.ts';

const AT_ONCE = 16;

/**
 * Stages that are in the queue already stay as they are; those that ended before, failed ones
 * among them, are submitted anew.
 * @param toRun stages whose results nothing has, with all they need that nothing has, in order
 * @param keys of all jobs of the study, by id
 */
export async function submitStages(
  pool: Pool,
  toRun: readonly KeyedJob[],
  keys: ReadonlyMap<string, string>,
  { signal }: RunControl,
): Promise<void> {
  const missing: KeyedJob[] = [];
  await eachAtOnce(toRun, AT_ONCE, async (one) => {
    const state = await stageState(pool, one.key);
    if (state === 'waiting' || state === 'active') return;
    if (state !== 'unknown') await forget(pool, one.key);
    missing.push(one);
  });
  if (missing.length === 0) return;
  const specs = new Map<string, string>();
  await eachAtOnce(missing, AT_ONCE, async (one) => {
    signal?.throwIfAborted();
    const { bytes, sha256 } = packSpec(specOf(one, keys));
    await putBlob(pool.store, sha256, bytes, { signal });
    specs.set(one.key, sha256);
  });

  const ways = waysToTheEnd(toRun);
  const unfinished = new Set(toRun.map(({ key }) => key));
  const readers = new Map<string, string[]>();
  const places: string[] = [];
  const flows: FlowJob[] = missing.map(({ job, key }) => {
    const queue = queueName(classOf(job));
    places.push(key, queue);
    const needs = [...new Set((job.needs ?? []).map((id) => keys.get(id)!))].filter((need) =>
      unfinished.has(need),
    );
    for (const need of needs) readers.set(need, [...(readers.get(need) ?? []), key]);
    const data: StageData = { key, id: job.id, spec: specs.get(key)! };
    return flowOf({ key, job }, queue, data, stageOptions(ways.get(job.id)!), needs);
  });
  await pool.redis.hset(placesKey(pool), ...places);
  await pool.redis.sadd(
    classesKey(pool),
    ...new Set(missing.map(({ job }) => className(classOf(job)))),
  );
  await noteReaders(pool, readers);
  await pool.flows.addBulk(flows);
  tell(pool, { type: 'wake' });
}

async function forget(pool: Pool, key: string): Promise<void> {
  const queue = await pool.redis.hget(placesKey(pool), key);
  if (queue === null) return;
  // Somebody else may be submitting the same.
  await (await Job.fromId(pool.queue(queue), key))?.remove().catch(() => {});
}
