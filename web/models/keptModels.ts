/** Models in the browser's own store: to work without a network, and those given by hand. */
import type { ModelEntry } from './modelEntry.ts';

/** The service worker looks here for what the network does not give. */
export const MODEL_STORE = 'flawmap-models';
const OWN = 'own-models/';

/** Absent where pages may not keep anything, as on plain http. */
const store = (): Promise<Cache> | undefined =>
  typeof caches === 'undefined' ? undefined : caches.open(MODEL_STORE);

/** @returns whether it is kept: there may be no room, or no permission */
export async function keepModel({ address }: ModelEntry, bytes: ArrayBuffer): Promise<boolean> {
  try {
    const cache = await store();
    const headers = {
      'content-type': 'application/octet-stream',
      'content-length': String(bytes.byteLength),
    };
    await cache?.put(new URL(address, location.href), new Response(bytes, { headers }));
    return cache !== undefined;
  } catch {
    return false;
  }
}

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
