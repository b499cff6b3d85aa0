/**
 * The page without a network: its own files are kept when it is first opened, under their version;
 * models are kept by the page (`keptModels.ts`). Answers carry the headers that isolate the page,
 * without which a browser allows no threads, on hosts that do not send them.
 */
import { MODEL_LIST, MODEL_STORE } from '../models/keptModels.ts';

interface Shell {
  readonly version: string;
  readonly files: readonly string[];
}

/** Written in front of this script by the build. */
declare const flawmapShell: Shell;

/** What is used of a service worker's own scope; the library of types for pages has it not. */
interface Scope {
  readonly location: Location;
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(
    type: 'install' | 'activate' | 'message' | 'fetch',
    listener: (event: WorkerEvent) => void,
  ): void;
}

interface WorkerEvent extends Event {
  readonly request: Request;
  readonly data: unknown;
  waitUntil(work: Promise<unknown>): void;
  respondWith(answer: Promise<Response>): void;
}

const scope = self as unknown as Scope;
const PREFIX = 'flawmap-page-';
const store = PREFIX + flawmapShell.version;
const base = new URL(scope.registration.scope);
const shell = new Set(flawmapShell.files.map((file) => new URL(file, base).href));

scope.addEventListener('install', (event) => {
  event.waitUntil(keepShell());
});

scope.addEventListener('activate', (event) => {
  event.waitUntil(dropOlder().then(() => scope.clients.claim()));
});

scope.addEventListener('message', ({ data }) => {
  if (data === 'take over') scope.skipWaiting();
});

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== base.origin) return;
  const path = url.href.slice(base.href.length).split(/[?#]/)[0]!;
  // A server takes a token from the address, and gives a cookie for it.
  if (url.searchParams.has('token')) return;
  // The host may have other pages: `flawmap serve` has one of studies, and its measurements.
  const isPage = request.mode === 'navigate' && (path === '' || path === 'index.html');
  if (isPage) event.respondWith(fromShell(base.href, request));
  else if (shell.has(url.href)) event.respondWith(fromShell(url.href, request));
  else if (path.startsWith('ort/')) event.respondWith(kept(request));
  else if (path === MODEL_LIST || path.endsWith('.onnx') || path.endsWith('/file')) {
    event.respondWith(freshOrKept(request));
  }
});

async function keepShell(): Promise<void> {
  const cache = await caches.open(store);
  await cache.addAll([...shell].map((url) => new Request(url, { cache: 'no-cache' })));
}

async function dropOlder(): Promise<void> {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith(PREFIX) && name !== store);
  await Promise.all(older.map((name) => caches.delete(name)));
}

async function fromShell(url: string, request: Request): Promise<Response> {
  const found = await (await caches.open(store)).match(url);
  return isolated(found ?? (await fetch(request)));
}

/** A part that not everybody needs: kept from its first use on. */
async function kept(request: Request): Promise<Response> {
  const cache = await caches.open(store);
  const found = await cache.match(request.url);
  if (found !== undefined) return isolated(found);
  const response = await fetch(request);
  if (response.ok) await cache.put(request.url, response.clone());
  return isolated(response);
}

/** Models and their list; the page itself has kept them. */
async function freshOrKept(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const found = await (await caches.open(MODEL_STORE)).match(request.url);
    if (found === undefined) throw error;
    return found;
  }
}

/** The same answer with the headers that isolate the page it is for. */
function isolated(response: Response): Response {
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  const { status, statusText, body } = response;
  return new Response(body, { status, statusText, headers });
}
