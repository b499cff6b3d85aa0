/**
 * What goes wrong in the store that many machines share, beside a real Redis server and real workers:
 * what is damaged there is noticed, and made or handed over again.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../src/core/hash.ts';
import { blobName } from '../src/store/blob.ts';
import { objectsIn } from './support/pipelineCache.ts';
import { jobOf, planOf, queuePlaces, timesBegun } from './support/queuePlaces.ts';
import { noRedis } from './support/redisServer.ts';
import { startS3 } from './support/s3Server.ts';
import { makeTree } from './support/tree.ts';

const places = queuePlaces();

describe.skipIf(noRedis !== undefined)('many machines', () => {
  it('are handed an input again that is damaged in the store', async () => {
    const { root, log, store, worker, submit } = places.place();
    await worker('one');
    const data = makeTree({ 'a.png': 'an image' });
    const hash = sha256('an image');
    const blob = join(store, 'objects', blobName(hash));
    mkdirSync(dirname(blob), { recursive: true });
    writeFileSync(blob, 'no image');
    const job = { ...jobOf('mix', log), files: [{ name: 'nut/a.png', sha256: hash }] };
    await submit([{ ...job, folders: { nut: data } }]);
    expect(timesBegun(root)).toEqual({ mix: 1 });
    expect(readFileSync(blob, 'utf8')).toBe('an image');
  });

  it('do not wait for an input that is damaged in the store and changed here meanwhile', async () => {
    const { log, store, worker, submit } = places.place();
    await worker('one');
    const data = makeTree({ 'a.png': 'another image' });
    const hash = sha256('an image');
    const blob = join(store, 'objects', blobName(hash));
    mkdirSync(dirname(blob), { recursive: true });
    writeFileSync(blob, 'no image');
    const job = { ...jobOf('mix', log), files: [{ name: 'nut/a.png', sha256: hash }] };
    await expect(submit([{ ...job, folders: { nut: data } }])).rejects.toMatchObject({
      kind: 'input',
      details: { what: `${join(data, 'a.png')} has changed since it was first read` },
    });
  });

  it('do again what is damaged in the store', async () => {
    const { root, log, store, worker, submit } = places.place();
    await worker('one');
    const first = planOf('mix', log).filter(({ id }) => /^[abcd]/.test(id));
    await submit(first);
    // The bytes of one file of three chains' ends, and a document.
    const blobs = readdirSync(join(store, 'objects', 'blobs'), {
      recursive: true,
      withFileTypes: true,
    })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const mixed = blobs.filter((path) => readFileSync(path).length === 12_000);
    expect(mixed.length).toBeGreaterThan(6);
    for (const path of mixed) {
      const bytes = readFileSync(path);
      bytes[100]! ^= 1;
      rmSync(path);
      writeFileSync(path, bytes);
    }
    // Neither submitter nor worker has them: they must come from the store.
    for (const name of ['cache', 'one/objects']) rmSync(join(root, name), { recursive: true });
    await worker('two');
    await submit();
    expect(objectsIn(root)).toEqual(places.expected);
  });

  it('do again what is damaged in the store and long forgotten by the Redis server', async () => {
    const { root, log, store, worker, submit } = places.place();
    await worker('one');
    await submit(planOf('mix', log).filter(({ id }) => id.startsWith('a')));
    const server = new Redis(places.redis.url);
    await server.flushall();
    server.disconnect();
    const blobs = join(store, 'objects', 'blobs');
    for (const entry of readdirSync(blobs, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) rmSync(join(entry.parentPath, entry.name));
    }
    for (const name of ['cache', 'one/objects']) rmSync(join(root, name), { recursive: true });
    await worker('two');
    await submit();
    expect(objectsIn(root)).toEqual(places.expected);
  });
});

describe.skipIf(noRedis !== undefined)('a store in S3', () => {
  it('serves as a folder does, also where it answers 500 and is slow', async () => {
    const s3 = await startS3();
    let count = 0;
    s3.fault = () => {
      count++;
      if (count % 7 === 0) return { kind: 'status', status: 500, code: 'InternalError' };
      return count % 5 === 0 ? { kind: 'slow', ms: 150 } : undefined;
    };
    const { root, worker, submit } = places.place('s3://flawmap-test/study');
    await worker('one');
    await submit();
    expect(objectsIn(root)).toEqual(places.expected);
    expect(count).toBeGreaterThan(100);
  });
});
