import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { BUCKET, type Fault, type S3Request, startS3 } from '../../test/support/s3Server.ts';
import { bytesOf, patterned, readAll } from '../../test/support/storeContract.ts';
import type { Patience } from './retrying.ts';
import { openS3Store } from './s3Store.ts';

const QUICK = { attempts: 5, firstWaitMs: 1, idleMs: 20_000 };
const REFUSED: Fault = { kind: 'status', status: 500, code: 'InternalError' };

async function open(url = `s3://${BUCKET}/study`, patience: Patience = QUICK) {
  const store = await openS3Store(url, patience);
  onTestFinished(() => store[Symbol.asyncDispose]());
  return store;
}

/** Each request meets the next of these; those after them go through. */
function inTurn(faults: readonly (Fault | undefined)[]): () => Fault | undefined {
  const left = [...faults];
  return () => left.shift();
}

describe('a store in S3', () => {
  it.each<[string, Fault]>([
    ['answers 500', REFUSED],
    ['answers 503 SlowDown', { kind: 'status', status: 503, code: 'SlowDown' }],
    ['answers 429', { kind: 'status', status: 429, code: 'TooManyRequests' }],
    ['breaks the connection', { kind: 'refuse' }],
  ])('goes on where the server %s', async (_, fault) => {
    const s3 = await startS3();
    const store = await open();
    s3.fault = inTurn([fault, undefined, fault]);
    expect(await store.write('name', bytesOf('one'))).toBe(true);
    s3.fault = inTurn([fault, fault]);
    expect(await store.has('name')).toBe(true);
    s3.fault = inTurn([fault, fault]);
    expect(await readAll(store, 'name')).toEqual(Buffer.from('one'));
    s3.fault = inTurn([fault]);
    await store.remove('name');
    expect(await store.has('name')).toBe(false);
  });

  it('asks again where the server does not answer in time', async () => {
    const s3 = await startS3();
    const store = await open(undefined, { ...QUICK, idleMs: 1_000 });
    const slow: Fault = { kind: 'slow', ms: 4_000 };
    s3.fault = inTurn([undefined, slow]);
    // Written by the attempt whose answer came too late.
    expect(await store.write('name', bytesOf('one'))).toBe(false);
    s3.fault = inTurn([slow]);
    expect(await readAll(store, 'name')).toEqual(Buffer.from('one'));
  });

  it('writes large objects in parts, each tried again alone', async () => {
    const s3 = await startS3();
    const store = await open();
    const large = patterned(17_000_000);
    let failures = 0;
    const isPart = ({ path }: S3Request) => path.includes('partNumber=2');
    s3.fault = (request) => (isPart(request) && ++failures <= 2 ? REFUSED : undefined);
    expect(await store.write('large', large)).toBe(true);
    const parts = s3.requests.filter(({ path }) => path.includes('partNumber='));
    expect(parts.filter(isPart)).toHaveLength(3);
    expect(parts).toHaveLength(5);
    expect(large.equals((await readAll(store, 'large'))!)).toBe(true);
  });

  it('reads on where the connection broke off', async () => {
    const s3 = await startS3();
    const store = await open();
    const large = patterned(5_000_000);
    await store.write('large', large);
    s3.requests.length = 0;
    s3.fault = inTurn([
      { kind: 'cut', afterBytes: 1_000_000 },
      { kind: 'cut', afterBytes: 2_000_000 },
      { kind: 'cut', afterBytes: 0 },
    ]);
    expect(large.equals((await readAll(store, 'large'))!)).toBe(true);
    expect(s3.requests.map(({ range }) => range)).toEqual([
      undefined,
      'bytes=1000000-',
      'bytes=3000000-',
      'bytes=3000000-',
    ]);
  });

  it('fails when the server never recovers, saying what it answered', async () => {
    const s3 = await startS3();
    const store = await open();
    s3.requests.length = 0;
    s3.fault = () => REFUSED;
    await expect(store.has('name')).rejects.toMatchObject({
      kind: 'environment',
      details: { what: `the store s3://${BUCKET}/study refused`, found: /^500/ },
    });
    expect(s3.requests).toHaveLength(QUICK.attempts);
  });

  it.each<[string, number, string, RegExp]>([
    ['rights', 403, 'AccessDenied', /s3:ListBucket/],
    ['a known key', 403, 'InvalidAccessKeyId', /AWS_ACCESS_KEY_ID/],
    ['the right secret', 403, 'SignatureDoesNotMatch', /AWS_SECRET_ACCESS_KEY/],
  ])('fails at once without %s', async (_, status, code, remedy) => {
    const s3 = await startS3();
    s3.fault = () => ({ kind: 'status', status, code });
    const failure = await open().catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: 'environment', details: { remedy } });
    expect(s3.requests).toHaveLength(1);
  });

  it('names a bucket that is not there', async () => {
    await startS3();
    const failure = await open('s3://other').catch((error: unknown) => error);
    expect(failure).toMatchObject({
      kind: 'environment',
      details: { what: 'the store s3://other refused', remedy: /make the bucket/ },
    });
  });

  it('finds out at once that it may only read', async () => {
    const s3 = await startS3();
    const denied: Fault = { kind: 'status', status: 403, code: 'AccessDenied' };
    s3.fault = ({ method }) => (method === 'PUT' ? denied : undefined);
    await expect(open()).rejects.toThrow('s3:PutObject');
  });

  it('names an endpoint where nobody answers', async () => {
    await startS3();
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await new Promise((resolve) => server.close(resolve));
    vi.stubEnv('AWS_ENDPOINT_URL_S3', endpoint);
    await expect(open()).rejects.toMatchObject({
      kind: 'environment',
      details: {
        what: `the store s3://${BUCKET}/study cannot be reached at ${endpoint}`,
        found: 'ECONNREFUSED',
      },
    });
  });

  it('stops waiting for a server when told to', async () => {
    const s3 = await startS3();
    const store = await open();
    const controller = new AbortController();
    const reason = new RangeError('enough');
    s3.fault = () => {
      controller.abort(reason);
      return REFUSED;
    };
    await expect(store.has('name', { signal: controller.signal })).rejects.toBe(reason);
  });

  it.each(['s3://', 's3:///a', 'gs://bucket'])('refuses %s', async (url) => {
    const { openStore } = await import('./openStore.ts');
    await expect(openStore(url)).rejects.toMatchObject({ kind: 'usage' });
  });

  it('leaves other things in the bucket alone', async () => {
    await startS3();
    const [one, other] = [await open(`s3://${BUCKET}/one`), await open(`s3://${BUCKET}/one-more`)];
    await one.write('name', bytesOf('one'));
    expect(await other.has('name')).toBe(false);
    for await (const name of one.list('')) expect(name).toBe('name');
  });
});
