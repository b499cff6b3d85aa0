/**
 * The inspector page as files. They are listed once, and only what is listed is served: no path can
 * lead anywhere else.
 */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { sha256File } from '../core/hash.ts';

export interface Page {
  /** Undefined: there is no such file. */
  file(path: string, ifNoneMatch: string | null): Response | undefined;
  /** Whether there is a page at all. */
  readonly present: boolean;
}

interface PageFile {
  readonly path: string;
  readonly type: string;
  readonly bytes: number;
  readonly etag: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** What pages may load; the last three are for the camera, threads and service worker of ours. */
const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'permissions-policy': 'camera=(self)',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** @param folder of the built page; need not be there */
export async function openPage(folder: string): Promise<Page> {
  const files = new Map<string, PageFile>();
  for (const path of await filesIn(folder)) {
    const name = `/${relative(folder, path).split(sep).join('/')}`;
    files.set(name, {
      path,
      type: TYPES[extname(path)] ?? 'application/octet-stream',
      bytes: (await stat(path)).size,
      etag: `"${await sha256File(path)}"`,
    });
  }
  return {
    present: files.has('/index.html'),
    file(path, ifNoneMatch) {
      const file = files.get(path === '/' ? '/index.html' : path);
      return file && answer(file, ifNoneMatch);
    },
  };
}

function answer({ path, type, bytes, etag }: PageFile, ifNoneMatch: string | null): Response {
  // Names stay the same from version to version: browsers ask each time whether it still holds.
  const headers = { ...PAGE_HEADERS, 'cache-control': 'no-cache', etag };
  if (ifNoneMatch === etag) return new Response(null, { status: 304, headers });
  return new Response(fileStream(path), {
    headers: { ...headers, 'content-type': type, 'content-length': String(bytes) },
  });
}

/** One that breaks off says nothing of the file to whoever reads it. */
export function fileStream(path: string): ReadableStream<Uint8Array> {
  const file = createReadStream(path);
  const told = Readable.from(withoutReason(file), { objectMode: false });
  return Readable.toWeb(told) as ReadableStream<Uint8Array>;
}

async function* withoutReason(file: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* file;
  } catch {
    throw new Error('the file could not be read');
  }
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
  } catch {
    return [];
  }
}
