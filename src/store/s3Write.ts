import { open, stat } from 'node:fs/promises';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { eachAtOnce } from '../core/eachAtOnce.ts';
import { readFully } from '../core/readFully.ts';
import { type Bucket, sendOptions } from './s3Bucket.ts';
import { isMissingObject, isNotKnown, isTaken, isUploadGone } from './s3Failure.ts';
import type { StoreControl, StoreSource } from './store.ts';

/** What is larger goes in parts of this size; S3 takes parts from 5 MiB, at most 10 000 of them. */
const PART_BYTES = 8 << 20;
const MOST_PARTS = 10_000;
/** Parts of one object in memory at the same time. */
const PARTS_AT_ONCE = 2;

export async function hasObject(
  { client, bucket, doing }: Bucket,
  key: string,
  control?: StoreControl,
): Promise<boolean> {
  const command = new HeadObjectCommand({ Bucket: bucket, Key: key });
  return doing(async () => {
    try {
      await client.send(command, sendOptions(control));
      return true;
    } catch (error) {
      if (isMissingObject(error)) return false;
      throw error;
    }
  }, control);
}

/** @returns false where something has this key */
export async function writeObject(
  place: Bucket,
  key: string,
  source: StoreSource,
  control: StoreControl = {},
): Promise<boolean> {
  if (await hasObject(place, key, control)) return false;
  const bytes = source instanceof Uint8Array ? source.length : (await stat(source.file)).size;
  if (bytes > PART_BYTES) return putParts(place, key, source, bytes, control);
  const body = await readPart(source, 0, bytes);
  return unlessTaken(place, control, (condition) =>
    place.client.send(
      new PutObjectCommand({ Bucket: place.bucket, Key: key, Body: body, ...condition }),
      sendOptions(control),
    ),
  );
}

/** Whoever does not know the condition is asked without it. */
function unlessTaken(
  { doing }: Bucket,
  control: StoreControl,
  put: (condition: { IfNoneMatch?: '*' }) => Promise<unknown>,
): Promise<boolean> {
  return doing(async () => {
    try {
      await put({ IfNoneMatch: '*' });
    } catch (error) {
      if (isTaken(error)) return false;
      if (!isNotKnown(error)) throw error;
      await put({});
    }
    return true;
  }, control);
}

async function putParts(
  place: Bucket,
  key: string,
  source: StoreSource,
  bytes: number,
  control: StoreControl,
): Promise<boolean> {
  const { client, bucket, doing } = place;
  const options = sendOptions(control);
  const object = { Bucket: bucket, Key: key };
  const { UploadId } = await doing(
    () => client.send(new CreateMultipartUploadCommand(object), options),
    control,
  );
  const upload = { ...object, UploadId };
  try {
    const partBytes = Math.max(PART_BYTES, Math.ceil(bytes / MOST_PARTS));
    const numbers = Array.from({ length: Math.ceil(bytes / partBytes) }, (_, at) => at + 1);
    const parts: { PartNumber: number; ETag: string | undefined }[] = [];
    await eachAtOnce(numbers, PARTS_AT_ONCE, async (PartNumber) => {
      const from = (PartNumber - 1) * partBytes;
      const Body = await readPart(source, from, Math.min(bytes, from + partBytes));
      const command = new UploadPartCommand({ ...upload, PartNumber, Body });
      const { ETag } = await doing(() => client.send(command, options), control);
      parts[PartNumber - 1] = { PartNumber, ETag };
    });
    const complete = { ...upload, MultipartUpload: { Parts: parts } };
    const first = await unlessTaken(place, control, async (condition) => {
      const command = new CompleteMultipartUploadCommand({ ...complete, ...condition });
      try {
        await client.send(command, options);
      } catch (error) {
        // An earlier attempt whose answer was lost has completed it.
        if (!(isUploadGone(error) && (await hasObject(place, key, control)))) throw error;
      }
    });
    if (!first) await client.send(new AbortMultipartUploadCommand(upload)).catch(() => {});
    return first;
  } catch (error) {
    await client.send(new AbortMultipartUploadCommand(upload)).catch(() => {});
    throw error;
  }
}

async function readPart(source: StoreSource, from: number, to: number): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source.subarray(from, to);
  const part = Buffer.alloc(to - from);
  const file = await open(source.file, 'r');
  try {
    const filled = await readFully(file, part, from);
    if (filled < part.length) {
      throw new Error(`${source.file} has become shorter while it was read`);
    }
  } finally {
    await file.close();
  }
  return part;
}
