import { randomBytes } from 'node:crypto';
import {
  DeleteObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { usageError } from '../core/error.ts';
import { PATIENCE, type Patience, retrying } from './retrying.ts';
import { type Bucket, sendOptions } from './s3Bucket.ts';
import { isPassing, s3Failure } from './s3Failure.ts';
import { readObject } from './s3Read.ts';
import { hasObject, writeObject } from './s3Write.ts';
import type { Store, StoreControl } from './store.ts';
import { requireStoreName } from './storeName.ts';

/** Of attempts to reach a server before anything has been done there. */
const FIRST_ATTEMPTS = 4;
const CONNECT_MS = 5_000;

/**
 * A store in S3, or in a server that speaks it. Region and credentials are found as the AWS tools
 * find them; `AWS_ENDPOINT_URL_S3` names a server other than Amazon's, whose buckets are paths.
 * @param url `s3://BUCKET` or `s3://BUCKET/PREFIX`
 * @throws FlawmapError (usage) for another url, (environment) where the bucket cannot be read and
 * written
 */
export async function openS3Store(url: string, patience: Patience = PATIENCE): Promise<Store> {
  const { bucket, prefix } = partsOf(url);
  const endpoint = process.env.AWS_ENDPOINT_URL_S3 || process.env.AWS_ENDPOINT_URL;
  const client = clientFor(endpoint, patience);
  const place: Bucket = {
    client,
    bucket,
    async doing(work, { signal } = {}, attempts = patience.attempts) {
      try {
        return await retrying(work, isPassing, { ...patience, attempts }, signal);
      } catch (error) {
        signal?.throwIfAborted();
        throw s3Failure(url, endpoint ?? 'amazonaws.com', error);
      }
    },
  };
  const keyOf = (name: string) => {
    requireStoreName(name);
    return `${prefix}${name}`;
  };
  const store: Store = {
    url,
    read: async (name, control) => readObject(place, keyOf(name), control),
    write: async (name, source, control) => writeObject(place, keyOf(name), source, control),
    has: async (name, control) => hasObject(place, keyOf(name), control),
    async remove(name, control) {
      const command = new DeleteObjectCommand({ Bucket: bucket, Key: keyOf(name) });
      await place.doing(() => client.send(command, sendOptions(control)), control);
    },
    async *list(start, control) {
      for await (const key of listKeys(place, `${prefix}${start}`, control)) {
        yield key.slice(prefix.length);
      }
    },
    async [Symbol.asyncDispose]() {
      client.destroy();
    },
  };
  try {
    await tryOut(place, `${prefix}partial/${randomBytes(8).toString('hex')}`);
  } catch (error) {
    client.destroy();
    throw error;
  }
  return store;
}

function partsOf(url: string): { bucket: string; prefix: string } {
  const [, bucket, path = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/i.exec(url) ?? [];
  if (bucket === undefined) {
    throw usageError({
      what: 'a store in S3 needs a bucket',
      expected: 's3://BUCKET or s3://BUCKET/PREFIX',
      found: url,
      remedy: 'name the bucket in --store',
    });
  }
  const prefix = path.replace(/\/+$/, '');
  return { bucket, prefix: prefix === '' ? '' : `${prefix}/` };
}

function clientFor(endpoint: string | undefined, { idleMs }: Patience): S3Client {
  // It speaks of later versions of the package than the one that is installed.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  // Servers other than Amazon's take any.
  const region = AWS_REGION || AWS_DEFAULT_REGION || (endpoint && 'us-east-1');
  return new S3Client({
    ...(region && { region }),
    ...(endpoint && { endpoint, forcePathStyle: true }),
    followRegionRedirects: true,
    // Attempts are counted here, also those that break off while a body is read.
    maxAttempts: 1,
    // What arrives is compared with its SHA-256 anyhow.
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: idleMs },
  });
}

/** Said at once, before hours of work end in a store that takes nothing. */
async function tryOut({ client, bucket, doing }: Bucket, key: string): Promise<void> {
  const place = { Bucket: bucket, Key: key };
  const list = new ListObjectsV2Command({ Bucket: bucket, Prefix: key, MaxKeys: 1 });
  await doing(() => client.send(list), {}, FIRST_ATTEMPTS);
  await doing(() => client.send(new PutObjectCommand({ ...place, Body: new Uint8Array() })));
  await doing(() => client.send(new DeleteObjectCommand(place)));
}

async function* listKeys(
  { client, bucket, doing }: Bucket,
  prefix: string,
  control?: StoreControl,
): AsyncGenerator<string> {
  for (let token: string | undefined; ; ) {
    const command = new ListObjectsV2Command({
      Bucket: bucket,
      Prefix: prefix,
      ContinuationToken: token,
    });
    const page = await doing(() => client.send(command, sendOptions(control)), control);
    for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key;
    token = page.NextContinuationToken;
    if (token === undefined) return;
  }
}
