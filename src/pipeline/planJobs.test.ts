import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  JOIN,
  JOINED,
  joinJob,
  joinKind,
  run,
  THREE,
  testCache,
} from '../../test/support/pipelineJobs.ts';
import { placeIn, removeObject } from './cache.ts';
import type { Job } from './job.ts';
import { type PlanOptions, planJobs } from './planJobs.ts';

type Plan = Awaited<ReturnType<typeof planJobs>>;
const states = (plan: Plan) => Object.fromEntries(plan.map(({ job, state }) => [job.id, state]));
const reasons = (plan: Plan) => Object.fromEntries(plan.map(({ job, why }) => [job.id, why]));

describe('planJobs', () => {
  it('runs everything on an empty cache, and nothing on a full one', async () => {
    const cache = await testCache();
    const before = await planJobs(THREE, JOIN, cache);
    expect(states(before)).toEqual({ a: 'run', b: 'run', c: 'run' });
    expect(before.map(({ artifact }) => artifact)).toEqual([undefined, undefined, undefined]);
    expect(reasons(before).a).toBe('not computed yet');
    const { artifacts } = await run(cache, THREE);
    const after = await planJobs(THREE, JOIN, cache);
    expect(states(after)).toEqual({ a: 'cached', b: 'cached', c: 'cached' });
    expect(after.map(({ artifact }) => artifact)).toEqual([...artifacts.values()]);
    expect(reasons(after).a).toBe('its result is there');
  });

  it('only looks', async () => {
    const cache = await testCache();
    for (let time = 0; time < 2; time++) {
      const plan = await planJobs(THREE, JOIN, cache, { name: 'study' });
      expect(reasons(plan).c).toBe('not computed yet');
    }
  });

  it('asks only for what targets need', async () => {
    const cache = await testCache();
    const jobs = [...THREE, joinJob('d')];
    const plan = (targets: readonly string[]) => planJobs(jobs, JOIN, cache, { targets });
    const none = 'not needed';
    expect(states(await plan(['b']))).toEqual({ a: 'run', b: 'run', c: none, d: none });
    await run(cache, jobs, { targets: ['a'] });
    expect(states(await plan(['b']))).toEqual({ a: 'cached', b: 'run', c: none, d: none });
    expect(reasons(await plan(['b'])).c).toBe('nothing to run reads it');
  });

  it('does not ask for upstream results that nothing reads, even if they are evicted', async () => {
    const cache = await testCache();
    const { artifacts } = await run(cache, THREE);
    await removeObject(cache, artifacts.get('a')!.key);
    await removeObject(cache, artifacts.get('b')!.key);
    const targets = ['c'];
    expect(states(await planJobs(THREE, JOIN, cache, { targets }))).toEqual({
      a: 'not needed',
      b: 'not needed',
      c: 'cached',
    });
    await removeObject(cache, artifacts.get('c')!.key);
    expect(states(await planJobs(THREE, JOIN, cache, { targets }))).toEqual({
      a: 'run',
      b: 'run',
      c: 'run',
    });
  });

  it('refuses targets that do not exist', async () => {
    const cache = await testCache();
    const jobs = [joinJob('embed/nut')];
    const planned = planJobs(jobs, JOIN, cache, { targets: ['embed/nuts'] });
    await expect(planned).rejects.toMatchObject({
      kind: 'usage',
      details: { what: 'there is no job embed/nuts', remedy: 'did you mean embed/nut?' },
    });
  });
});

describe('why a job must run', () => {
  /** What is said of the jobs after all three have run as the study `name`. */
  async function whyNow(jobs: readonly Job[], options: PlanOptions = {}, registry = JOIN) {
    const cache = await testCache();
    await run(cache, THREE, { name: 'study' });
    return reasons(await planJobs(jobs, registry, cache, { name: 'study', ...options }));
  }
  const [a, b, c] = THREE as [Job, Job, Job];

  it('is what changed since the last run of that name', async () => {
    const changed = { ...a, options: { text: 'A' } };
    expect(await whyNow([changed, b, c])).toEqual({
      a: 'options.text changed from "a" to "A"',
      b: 'upstream a changed',
      c: 'upstream a changed, and 1 more change',
    });
    const files = [{ name: 'bottle/train/good/003.png', sha256: 'f00' }];
    expect((await whyNow([{ ...a, files }])).a).toBe('input file bottle/train/good/003.png is new');
    const registry = { join: { ...joinKind, version: 2 } };
    expect((await whyNow(THREE, {}, registry)).a).toBe('worker version 1 to 2');
  });

  it('is not known of other studies and of new jobs', async () => {
    const changed = { ...a, options: { text: 'A' } };
    expect((await whyNow([changed], { name: 'other' })).a).toBe('not computed yet');
    expect((await whyNow([changed], { name: undefined })).a).toBe('not computed yet');
    expect((await whyNow([joinJob('new')])).new).toBe('not computed yet');
  });

  it('is not known where what was written down cannot be understood', async () => {
    const cache = await testCache();
    await run(cache, THREE, { name: 'study' });
    const [file] = readdirSync(placeIn(cache, 'plans')) as [string];
    const path = join(placeIn(cache, 'plans'), file);
    writeFileSync(path, readFileSync(path, 'utf8').replace('"files"', '"filds"'));
    const changed = THREE.map((job) => ({ ...job, options: { text: 'other' } }));
    expect(reasons(await planJobs(changed, JOIN, cache, { name: 'study' }))).toMatchObject({
      a: 'not computed yet',
      b: 'options.text changed from "b" to "other", and 1 more change',
    });
  });

  it('stays the same while a changed study is not finished', async () => {
    const cache = await testCache();
    await run(cache, THREE, { name: 'study' });
    const jobs = [{ ...a, options: { text: '!' } }, b, c];
    for (let time = 0; time < 2; time++) {
      const { error } = await run(cache, jobs, { name: 'study' });
      expect(error).toBeDefined();
      const plan = await planJobs(jobs, JOIN, cache, { name: 'study' });
      expect(reasons(plan)).toMatchObject({
        a: 'options.text changed from "a" to "!"',
        b: 'upstream a changed',
      });
    }
  });

  it('is that a result was evicted or damaged', async () => {
    const cache = await testCache();
    const { artifacts } = await run(cache, THREE, { name: 'study' });
    await removeObject(cache, artifacts.get('a')!.key);
    rmSync(join(artifacts.get('b')!.folder, JOINED));
    const plan = await planJobs(THREE, JOIN, cache, { name: 'study' });
    expect(reasons(plan)).toEqual({
      a: 'its result is no longer kept',
      b: `its result is damaged: ${JOINED} is missing`,
      c: 'its result is there',
    });
  });
});
