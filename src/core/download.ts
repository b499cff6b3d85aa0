/** Downloads a file: resumed after an interruption, checked, and there whole or not at all. */
import { basename, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { downloadFailure, isPassing, RefusedByServer } from './downloadFailure.ts';
import {
  appendToPart,
  emptyPart,
  finishPart,
  type Part,
  readPart,
  removePart,
} from './downloadPart.ts';
import { environmentError, FlawmapError } from './error.ts';
import { sha256File } from './hash.ts';
import type { RunControl } from './progress.ts';

export interface Download extends RunControl {
  readonly url: string;
  /** Where the file goes; missing folders are made, a file already there is replaced. */
  readonly to: string;
  /** Lower-case hexadecimal; null or left out: unknown. */
  readonly sha256?: string | null | undefined;
  /** In bytes, exact; left out: unknown. */
  readonly size?: number | undefined;
  /** Milliseconds before the second attempt, doubled before each further one. */
  readonly retryDelay?: number | undefined;
  /** Milliseconds without a byte after which an attempt is given up. */
  readonly patience?: number | undefined;
}

export interface Downloaded {
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
}

/** Attempts in a row that bring nothing new. */
const ATTEMPTS = 5;

/**
 * Streams into `TO.part`, continues there after a broken connection or an abort (when the server
 * still has the same version, else from the start), checks size and hash, and renames to `to`.
 * Progress is in megabytes (10^6 bytes); its total is 0 while the size is unknown.
 * @throws FlawmapError (environment) naming the address and the path for placing the file by hand
 *   when it cannot be fetched, and both hashes or sizes when it is not the file expected
 */
export async function downloadFile(download: Download): Promise<Downloaded> {
  const to = resolve(download.to);
  const part = await fetchAll(download, to);
  if (download.size !== undefined && part.bytes !== download.size) {
    await removePart(part);
    throw wrongContent(download, `${download.size} bytes`, `${part.bytes} bytes`);
  }
  download.onProgress?.({ step: `checking ${basename(to)}`, done: 0, total: 1 });
  const found = await sha256File(part.path);
  download.onProgress?.({ step: `checking ${basename(to)}`, done: 1, total: 1 });
  if (download.sha256 && found !== download.sha256) {
    await removePart(part);
    throw wrongContent(download, `SHA-256 ${download.sha256}`, `SHA-256 ${found}`);
  }
  download.signal?.throwIfAborted();
  await finishPart(part, to);
  return { path: to, sha256: found, size: part.bytes };
}

async function fetchAll(download: Download, to: string): Promise<Part> {
  const { url, signal, retryDelay = 500 } = download;
  let furthest = 0;
  for (let fruitless = 0; ; fruitless++) {
    signal?.throwIfAborted();
    const part = await readPart(to, url, Boolean(download.sha256));
    if (part.bytes > furthest) {
      furthest = part.bytes;
      fruitless = 0;
    }
    try {
      return await attempt(download, to, part);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof FlawmapError) throw error;
      if (!isPassing(error) || fruitless + 1 >= ATTEMPTS) throw downloadFailure(url, to, error);
      await sleep(retryDelay * 2 ** fruitless, undefined, { signal }).catch(() => {});
    }
  }
}

/** One request, its body written to the end; the part is complete when this returns. */
async function attempt(download: Download, to: string, part: Part): Promise<Part> {
  if (part.bytes > 0 && part.bytes === download.size) return part;
  const { url, signal, onProgress, patience = 60_000 } = download;
  const stalled = new AbortController();
  const timer = setTimeout(() => {
    stalled.abort(new Error(`no data for ${patience / 1000} s`));
  }, patience);
  try {
    const response = await fetch(url, {
      headers: requestHeaders(part),
      signal: signal ? AbortSignal.any([signal, stalled.signal]) : stalled.signal,
    });
    const total = totalOf(response);
    const start = await startOf(response, part);
    if (start.bytes > 0 && start.bytes === total) return start;
    if (total !== undefined && download.size !== undefined && total !== download.size) {
      await response.body?.cancel();
      await removePart(part);
      throw wrongContent(download, `${download.size} bytes`, `${total} bytes`);
    }
    const bytes = await appendToPart(
      start,
      { url, validator: validatorOf(response) },
      response.body ?? emptyBody(),
      (bytesSoFar) => {
        timer.refresh();
        onProgress?.({
          step: `downloading ${basename(to)}`,
          done: megabytes(bytesSoFar),
          total: megabytes(total ?? download.size ?? 0),
          unit: 'MB',
        });
      },
    );
    if (total !== undefined && bytes < total) throw new Error('the connection ended too early');
    return { ...start, bytes };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The part this answer continues: the one there, or an empty one where the server sends the whole
 * file (it has another version by now, or ignores ranges).
 */
async function startOf(response: Response, part: Part): Promise<Part> {
  if (response.status === 200) return emptyPart(part.path);
  const range = response.headers.get('content-range') ?? '';
  if (response.status === 206 && range.startsWith(`bytes ${part.bytes}-`)) return part;
  await response.body?.cancel();
  // 416: there is nothing behind the part, because it is the whole file already.
  if (response.status === 416 && part.bytes > 0 && totalOf(response) === part.bytes) return part;
  if (response.status === 416 || response.status === 206) {
    await removePart(part);
    throw new Error(`the server answered ${response.status} to a request for bytes ${part.bytes}-`);
  }
  throw new RefusedByServer(response.status, response.statusText);
}

function requestHeaders(part: Part): Record<string, string> {
  // Compressed bytes would fit neither the range nor the size.
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (part.bytes === 0) return headers;
  headers.range = `bytes=${part.bytes}-`;
  if (part.validator !== undefined) headers['if-range'] = part.validator;
  return headers;
}

/** The whole file's size as the server states it. */
function totalOf(response: Response): number | undefined {
  const range = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
  if (range !== undefined) return Number(range);
  const length = response.status === 200 ? response.headers.get('content-length') : null;
  return length === null ? undefined : Number(length);
}

/** Only a strong ETag or a date may stand in If-Range (RFC 9110, section 13.1.5). */
function validatorOf(response: Response): string | undefined {
  const etag = response.headers.get('etag');
  if (etag !== null && !etag.startsWith('W/')) return etag;
  return response.headers.get('last-modified') ?? undefined;
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {}

const megabytes = (bytes: number) => Math.round(bytes / 1e5) / 10;

function wrongContent({ url, to }: Download, expected: string, found: string): FlawmapError {
  return environmentError({
    what: `what came from ${url} is not the file it should be`,
    expected,
    found,
    remedy: `try again; if it happens again, something on the way has changed it or the address now holds another file. The right file can be placed by hand as ${resolve(to)}`,
  });
}
