/**
 * Plans under attack: killed at random moments and resumed, several runs on one cache, workers
 * whose parent is gone.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createRandom } from '../src/core/random.ts';
import { openCache } from '../src/pipeline/openCache.ts';
import { verifyCache } from '../src/pipeline/verifyCache.ts';
import { begunIn, leftIn, objectsIn, startRun } from './support/pipelineCache.ts';
import { makeTree } from './support/tree.ts';

/** Of the plan; each leaves three files and their description. */
const JOBS = 13;
const FILES = 4;
const ARTIFACT_BYTES = 36_000;
const KILLS = 40;

let undisturbed: Record<string, string>;
/** Of a run from nothing. */
let milliseconds: number;

beforeAll(async () => {
  const root = mkdtempSync(join(tmpdir(), 'flawmap pipeline '));
  const start = performance.now();
  const end = await startRun(root, { executor: 'inline' }).ended;
  milliseconds = performance.now() - start;
  expect(end).toMatchObject({ code: 0, stderr: '' });
  undisturbed = objectsIn(root);
  expect(Object.keys(undisturbed)).toHaveLength(FILES * JOBS);
  expect(begunIn(root)).toHaveLength(JOBS);
  rmSync(root, { recursive: true });
});

/** Of whatever artifacts lie there every file is there, and as it should be. */
function expectWhole(objects: Readonly<Record<string, string>>): void {
  const artifactOf = (path: string) => path.split('/', 2).join('/');
  const found = new Set(Object.keys(objects).map(artifactOf));
  const expected = Object.entries(undisturbed).filter(([path]) => found.has(artifactOf(path)));
  expect(objects).toEqual(Object.fromEntries(expected));
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe.each(['inline', '2'])('a plan run by the executor %s', (executor) => {
  it('killed at random moments and resumed gives what it gives undisturbed', async () => {
    const random = createRandom(`kills ${executor}`);
    let kills = 0;
    let resumed = 0;
    while (kills < KILLS) {
      const root = makeTree({});
      for (;;) {
        const done = Object.keys(objectsIn(root)).length / FILES;
        const run = startRun(root, { executor });
        const timer = setTimeout(
          () => run.child.kill('SIGKILL'),
          random.uniform(0, 1.2) * milliseconds,
        );
        const { code, signal, stderr } = await run.ended;
        clearTimeout(timer);
        expectWhole(objectsIn(root));
        if (code === 0) {
          if (done > 0) resumed++;
          break;
        }
        expect({ signal, stderr }).toEqual({ signal: 'SIGKILL', stderr: '' });
        kills++;
      }
      expect(objectsIn(root)).toEqual(undisturbed);
      // Begun twice is only what was interrupted: one job a slot.
      const slots = executor === 'inline' ? 1 : 2;
      expect(begunIn(root).length).toBeLessThanOrEqual(JOBS + kills * slots);
      const cache = await openCache(`${root}/cache`);
      expect(await verifyCache(cache)).toEqual([]);
      await cache[Symbol.asyncDispose]();
      expect(leftIn(root)).toEqual([]);
    }
    expect(resumed).toBeGreaterThan(0);
  });

  it('does no job twice in two runs at once', async () => {
    const root = makeTree({});
    const runs = [
      startRun(root, { executor }),
      startRun(root, { executor }),
      startRun(root, { executor }),
    ];
    const ends = await Promise.all(runs.map(({ ended }) => ended));
    for (const { code, stderr, artifacts } of ends) {
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(artifacts).toEqual(ends[0]!.artifacts);
      expect(artifacts).toHaveLength(JOBS);
    }
    const begun = begunIn(root);
    expect(begun.map(({ id }) => id).sort()).toEqual(
      [...new Set(begun.map(({ id }) => id))].sort(),
    );
    expect(begun).toHaveLength(JOBS);
    // They shared the work.
    expect(new Set(begun.map(({ pid }) => pid)).size).toBeGreaterThan(1);
    expect(objectsIn(root)).toEqual(undisturbed);
  });

  it('takes over what a killed run had in work', async () => {
    const random = createRandom(`takeover ${executor}`);
    for (let round = 0; round < 5; round++) {
      const root = makeTree({});
      const victim = startRun(root, { executor });
      const survivor = startRun(root, { executor });
      while (begunIn(root).length < 3) await wait(5);
      await wait(random.uniform(0, 100));
      victim.child.kill('SIGKILL');
      await victim.ended;
      expect(await survivor.ended).toMatchObject({ code: 0, stderr: '' });
      expect(objectsIn(root)).toEqual(undisturbed);
    }
  });

  it('keeps what it uses however small the limit, while others evict', async () => {
    const root = makeTree({});
    const ends = await Promise.all(
      [1, 2].map(() => startRun(root, { executor, limitBytes: 50_000 }).ended),
    );
    for (const { code, stderr } of ends) expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(objectsIn(root)).toEqual(undisturbed);
    const cache = await openCache(`${root}/cache`, { limitBytes: 2.5 * ARTIFACT_BYTES });
    await cache[Symbol.asyncDispose]();
    expect(Object.keys(objectsIn(root))).toHaveLength(2 * FILES);
  });
});

describe('worker processes', () => {
  it('die with their parent, even while they compute', async () => {
    const root = makeTree({});
    const run = startRun(root, { executor: '2', kind: 'stuck' });
    onTestFinished(() => void run.child.kill('SIGKILL'));
    while (begunIn(root).length < 2) await wait(10);
    const workers = begunIn(root).map(({ pid }) => pid);
    expect(workers.every(isAlive)).toBe(true);
    run.child.kill('SIGKILL');
    await run.ended;
    for (let look = 0; look < 100 && workers.some(isAlive); look++) await wait(100);
    expect(workers.filter(isAlive)).toEqual([]);
  });
});
