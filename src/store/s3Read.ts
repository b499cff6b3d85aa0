import type { Readable } from 'node:stream';
import { GetObjectCommand, type GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { type Bucket, sendOptions } from './s3Bucket.ts';
import { isMissingObject } from './s3Failure.ts';
import type { StoreControl } from './store.ts';

type Get = (more: { Range: string; IfMatch?: string }) => Promise<GetObjectCommandOutput>;

/** @returns undefined where nothing has this key */
export async function readObject(
  place: Bucket,
  key: string,
  control: StoreControl = {},
): Promise<AsyncIterable<Uint8Array> | undefined> {
  const { client, bucket, doing } = place;
  const send = (more: { Range?: string; IfMatch?: string }) =>
    client.send(new GetObjectCommand({ Bucket: bucket, Key: key, ...more }), sendOptions(control));
  const first = await doing(async () => {
    try {
      return await send({});
    } catch (error) {
      if (isMissingObject(error)) return undefined;
      throw error;
    }
  }, control);
  return first === undefined ? undefined : piecesOf(place, first, send, control);
}

/** Goes on where a connection broke off, as long as the object is the same. */
async function* piecesOf(
  { doing }: Bucket,
  first: GetObjectCommandOutput,
  get: Get,
  control: StoreControl,
): AsyncGenerator<Uint8Array> {
  const bytes = first.ContentLength ?? 0;
  let body = first.Body as Readable;
  let pieces = body[Symbol.asyncIterator]();
  let at = 0;
  const goOn = async () => {
    body.destroy();
    const match = first.ETag === undefined ? {} : { IfMatch: first.ETag };
    const rest = await get({ Range: `bytes=${at}-`, ...match });
    body = rest.Body as Readable;
    pieces = body[Symbol.asyncIterator]();
    if (!rest.ContentRange?.startsWith(`bytes ${at}-`)) {
      throw new Error(`the server answered with bytes ${rest.ContentRange} instead of ${at}-`);
    }
  };
  try {
    while (at < bytes) {
      const piece = await doing(async (attempt) => {
        if (attempt > 1) await goOn();
        const next = await pieces.next();
        if (next.done === true) throw new Error('premature close');
        return next.value as Uint8Array;
      }, control);
      at += piece.length;
      yield piece;
    }
  } finally {
    body.destroy();
  }
}
