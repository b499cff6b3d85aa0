import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { JOIN, joinJob, testCache } from '../../test/support/pipelineJobs.ts';
import { BUCKET, startS3 } from '../../test/support/s3Server.ts';
import { bytesOf, patterned, readAll } from '../../test/support/storeContract.ts';
import { makeTree } from '../../test/support/tree.ts';
import { type Cache, objectFolder, placeIn } from '../pipeline/cache.ts';
import { storedKeys } from '../pipeline/evict.ts';
import { type KeyedJob, keyJobs } from '../pipeline/jobKey.ts';
import { leaseKeys, releaseKeys } from '../pipeline/lease.ts';
import { readArtifact, verifyArtifact } from '../pipeline/readArtifact.ts';
import { writeArtifact } from '../pipeline/writeArtifact.ts';
import { blobName } from './blob.ts';
import {
  fetchArtifact,
  hasArtifact,
  publishArtifact,
  withdrawArtifact,
} from './exchangeArtifact.ts';
import { openStore } from './openStore.ts';
import type { Store } from './store.ts';
import { packDocument, storedDocumentName } from './storedDocument.ts';

const [KEYED, OTHER] = keyJobs([joinJob('a'), joinJob('b')], JOIN) as [KeyedJob, KeyedJob];
const { key } = KEYED;
const LARGE = patterned(9_000_001);

/** Two equal files, an empty one and a large one in folders. */
async function make(cache: Cache, keyed = KEYED, seconds = 1) {
  return writeArtifact(cache, keyed, async (folder) => {
    mkdirSync(join(folder, 'below', 'it'), { recursive: true });
    for (const name of ['one', 'below/two']) writeFileSync(join(folder, name), 'equal');
    writeFileSync(join(folder, 'empty'), '');
    writeFileSync(join(folder, 'below', 'it', 'large'), LARGE);
    return { seconds, peakBytes: 100 };
  });
}

async function open(place: string): Promise<Store> {
  const store = await openStore(place);
  onTestFinished(() => store[Symbol.asyncDispose]());
  return store;
}

async function namesIn(store: Store): Promise<string[]> {
  const names: string[] = [];
  for await (const name of store.list('')) names.push(name);
  return names;
}

const inFolder = () => open(join(makeTree({}), 'store'));
const inS3 = async () => {
  await startS3();
  return open(`s3://${BUCKET}/study`);
};

describe.each([
  ['a folder', inFolder],
  ['S3', inS3],
])('artifacts through %s', (_, openIt) => {
  it('are the same on the other side', async () => {
    const [store, here, there] = [await openIt(), await testCache(), await testCache()];
    await make(here);
    expect(await hasArtifact(store, key)).toBe(false);
    expect(await publishArtifact(store, here, key)).toBe(true);
    expect(await hasArtifact(store, key)).toBe(true);
    const fetched = await fetchArtifact(store, there, key);
    expect(fetched).toEqual(await verifyArtifact(there, key));
    expect(fetched.state).toBe('whole');
    const names = readdirSync(objectFolder(here, key), { recursive: true }).sort();
    expect(readdirSync(objectFolder(there, key), { recursive: true }).sort()).toEqual(names);
    const document = (cache: Cache) =>
      readFileSync(join(objectFolder(cache, key), 'artifact.json'));
    expect(document(there)).toEqual(document(here));
    expect(readdirSync(placeIn(there, 'partial'))).toEqual([]);
    // Three different contents, and the document.
    expect(await namesIn(store)).toHaveLength(4);
  });

  it('make room where they come to', async () => {
    const [store, here] = [await openIt(), await testCache()];
    const all = keyJobs(
      ['a', 'b', 'c', 'd'].map((id) => joinJob(id)),
      JOIN,
    );
    for (const keyed of all) {
      await make(here, keyed);
      await publishArtifact(store, here, keyed.key);
    }
    const there = await testCache(2.5 * LARGE.length);
    const kept = async () => (await storedKeys(there)).length;
    for (const { key: wanted } of all) {
      await leaseKeys(there, [wanted]);
      expect((await fetchArtifact(store, there, wanted)).state).toBe('whole');
      await releaseKeys(there, [wanted]);
      expect(await kept()).toBeLessThanOrEqual(2);
    }
    expect((await readArtifact(there, all.at(-1)!.key)).state).toBe('whole');
  });

  it('stay as they were published first', async () => {
    const [store, one, other] = [await openIt(), await testCache(), await testCache()];
    await make(one, KEYED, 1);
    await make(other, KEYED, 2);
    const first = await Promise.all(
      [one, other].map((cache) => publishArtifact(store, cache, key)),
    );
    expect(first.filter(Boolean)).toHaveLength(1);
    const fetched = await fetchArtifact(store, await testCache(), key);
    expect(fetched).toMatchObject({ artifact: { measured: { seconds: first[0] ? 1 : 2 } } });
  });

  it('are missing where they are not, and not asked for where they are', async () => {
    const [store, cache] = [await openIt(), await testCache()];
    expect(await fetchArtifact(store, cache, key)).toEqual({ state: 'missing' });
    await make(cache);
    expect(await fetchArtifact(store, cache, key)).toEqual(await readArtifact(cache, key));
  });

  it('are withdrawn with all their files, once or again, and can be published anew', async () => {
    const [store, here] = [await openIt(), await testCache()];
    await make(here);
    await publishArtifact(store, here, key);
    await withdrawArtifact(store, key);
    await withdrawArtifact(store, key);
    expect(await namesIn(store)).toEqual([]);
    expect(await publishArtifact(store, here, key)).toBe(true);
    expect((await fetchArtifact(store, await testCache(), key)).state).toBe('whole');
  });

  it.each<[string, string, (store: Store, name: string) => Promise<unknown>]>([
    ['another content', 'damaged', (store, name) => replace(store, name, patterned(9_000_000))],
    ['less', 'damaged', (store, name) => replace(store, name, LARGE.subarray(0, 100))],
    ['nothing', 'missing', (store, name) => store.remove(name)],
  ])(
    'are struck from the store where a blob has %s, and can be published again',
    async (_, state, spoil) => {
      const [store, here, there] = [await openIt(), await testCache(), await testCache()];
      const { files } = await make(here);
      await publishArtifact(store, here, key);
      await spoil(store, blobName(files.find(({ name }) => name === 'below/it/large')!.sha256));
      expect(await fetchArtifact(store, there, key)).toEqual({
        state: 'damaged',
        damage: `below/it/large is ${state}`,
      });
      expect(await readArtifact(there, key)).toEqual({ state: 'missing' });
      expect(readdirSync(placeIn(there, 'partial'))).toEqual([]);
      expect(await hasArtifact(store, key)).toBe(false);
      expect(await publishArtifact(store, here, key)).toBe(true);
      expect((await fetchArtifact(store, there, key)).state).toBe('whole');
      expect((await verifyArtifact(there, key)).state).toBe('whole');
    },
  );

  it('are struck from the store where the document is damaged', async () => {
    const [store, here] = [await openIt(), await testCache()];
    await make(here);
    await make(here, OTHER);
    await publishArtifact(store, here, key);
    await publishArtifact(store, here, OTHER.key);
    const name = storedDocumentName(key);
    const text = (await readAll(store, name))!.toString();
    const others = (await readAll(store, storedDocumentName(OTHER.key)))!.toString();
    const spoilt = [
      text.replace('"seconds":1', '"seconds":2'),
      text.slice(0, 200),
      others,
      'null',
      '',
    ];
    for (const content of spoilt) {
      await replace(store, name, bytesOf(content));
      expect(await fetchArtifact(store, await testCache(), key)).toEqual({
        state: 'damaged',
        damage: 'its document cannot be read',
      });
      expect(await hasArtifact(store, key)).toBe(false);
    }
  });
});

async function replace(store: Store, name: string, content: Uint8Array): Promise<void> {
  await store.remove(name);
  await store.write(name, content);
}

describe('artifacts', () => {
  it('are read again where they have suffered on the way', async () => {
    const s3 = await startS3();
    const [store, here, there] = [
      await open(`s3://${BUCKET}`),
      await testCache(),
      await testCache(),
    ];
    await make(here);
    await publishArtifact(store, here, key);
    const suffered = new Set<string>();
    s3.fault = ({ method, path }) => {
      if (method !== 'GET' || suffered.has(path)) return undefined;
      suffered.add(path);
      return { kind: 'corrupt' };
    };
    expect((await fetchArtifact(store, there, key)).state).toBe('whole');
    expect((await verifyArtifact(there, key)).state).toBe('whole');
    // The document, and what is not empty.
    expect(suffered.size).toBeGreaterThanOrEqual(3);
    expect(await hasArtifact(store, key)).toBe(true);
  });

  it('do not say that they are there before all of them is', async () => {
    const s3 = await startS3();
    const [store, here] = [await open(`s3://${BUCKET}`), await testCache()];
    await make(here);
    const order: string[] = [];
    s3.fault = ({ method, path }) => {
      if (method === 'PUT' || method === 'POST') order.push(path);
      return undefined;
    };
    await publishArtifact(store, here, key);
    expect(order.filter((path) => path.includes('/artifacts/'))).toHaveLength(1);
    expect(order.at(-1)).toContain(`/${storedDocumentName(key)}`);
  });

  it('write nothing outside of the cache, whatever a document names', async () => {
    const [store, here, there] = [await inFolder(), await testCache(), await testCache()];
    await make(here);
    const path = join(objectFolder(here, key), 'artifact.json');
    const text = readFileSync(path, 'utf8');
    for (const name of ['../out', '/tmp/out', 'a/../../out', 'a\\\\..\\\\out']) {
      const document = JSON.parse(text.replace('"name":"one"', `"name":"${name}"`));
      // With a hash that fits, as whoever means harm would write it.
      await replace(store, storedDocumentName(key), packDocument(document));
      expect(await fetchArtifact(store, there, key)).toMatchObject({ state: 'damaged' });
    }
    expect(existsSync(join(placeIn(there, 'partial'), 'out'))).toBe(false);
  });

  it('name the cache where it does not have them', async () => {
    const [store, here] = [await inFolder(), await testCache()];
    await make(here);
    rmSync(join(objectFolder(here, key), 'artifact.json'));
    await expect(publishArtifact(store, here, key)).rejects.toThrow('the cache has no artifact');
  });
});
