/** Models in the browser's own store: to work without a network, and those given by hand. */
import type { ModelEntry } from './modelEntry.ts';

/** The service worker looks here for what the network does not give. */
export const MODEL_STORE = 'flawmap-models';
const OWN = 'own-models/';

/** Absent where pages may not keep anything, as on plain http. */
const store = (): Promise<Cache> | undefined =>
  typeof caches === 'undefined' ? undefined : caches.open(MODEL_STORE);

/** What lists the models, beside the page. */
export const MODEL_LIST = 'models.json';
const HASH = 'x-sha256';

/** @returns whether it is kept: there may be no room, or no permission */
export const keepModel = ({ address }: ModelEntry, bytes: ArrayBuffer): Promise<boolean> =>
  keep(address, bytes, 'application/octet-stream');

export const keepModelList = (text: string): Promise<boolean> =>
  keep(MODEL_LIST, new TextEncoder().encode(text).buffer, 'application/json');

async function keep(address: string, bytes: ArrayBuffer, type: string): Promise<boolean> {
  try {
    const cache = await store();
    if (cache === undefined) return false;
    const url = new URL(address, location.href);
    const hash = hex(await crypto.subtle.digest('SHA-256', bytes));
    // Models are large, and mostly the same as last time.
    if ((await cache.match(url))?.headers.get(HASH) === hash) return true;
    const headers = {
      'content-type': type,
      'content-length': String(bytes.byteLength),
      [HASH]: hash,
    };
    await cache.put(url, new Response(bytes, { headers }));
    return true;
  } catch {
    return false;
  }
}

const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** What a model given by hand is called from now on. */
export const ownEntry = (fileName: string): ModelEntry => ({
  name: fileName.replace(/\.onnx$/i, ''),
  address: `${OWN}${encodeURIComponent(fileName)}`,
  own: true,
});

export async function listOwnModels(): Promise<readonly ModelEntry[]> {
  try {
    const requests = (await (await store())?.keys()) ?? [];
    const prefix = new URL(OWN, location.href).href;
    return requests
      .filter(({ url }) => url.startsWith(prefix))
      .map(({ url }) => ownEntry(decodeURIComponent(url.slice(prefix.length))));
  } catch {
    return [];
  }
}

export async function forgetModel({ address }: ModelEntry): Promise<void> {
  await (await store())?.delete(new URL(address, location.href));
}

/** @returns undefined where it is not kept */
export async function keptBytes({ address }: ModelEntry): Promise<ArrayBuffer | undefined> {
  const response = await (await store())?.match(new URL(address, location.href));
  return response?.arrayBuffer();
}
