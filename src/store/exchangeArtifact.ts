/**
 * Artifacts on their way between a cache and a store. In the store their files are blobs, and a
 * document, written last, names them: where it is there, the artifact is.
 */
import { dirname, join } from 'node:path';
import { eachAtOnce } from '../core/eachAtOnce.ts';
import { internalError } from '../core/error.ts';
import { makeFolder } from '../core/makeFolder.ts';
import { type Cache, objectFolder } from '../pipeline/cache.ts';
import { evictFor } from '../pipeline/evict.ts';
import { placeArtifact, sayingCache } from '../pipeline/placeArtifact.ts';
import { readArtifact, readDocument, type Stored } from '../pipeline/readArtifact.ts';
import { blobName, getBlob, putBlob } from './blob.ts';
import type { Store, StoreControl } from './store.ts';
import { packDocument, readStoredDocument, storedDocumentName } from './storedDocument.ts';

/** Files of one artifact that travel at the same time. */
const AT_ONCE = 8;

/** Whether the store says that it has the artifact; its content is compared only when fetched. */
export const hasArtifact = (store: Store, key: string, control?: StoreControl): Promise<boolean> =>
  store.has(storedDocumentName(key), control);

/**
 * Copies an artifact from the cache to the store.
 * @returns false where the store had it already, from here or elsewhere: that one stays
 * @throws FlawmapError (environment) where the store or the cache fails; (internal) where the cache
 * does not have the artifact
 */
export async function publishArtifact(
  store: Store,
  cache: Pick<Cache, 'folder'>,
  key: string,
  control?: StoreControl,
): Promise<boolean> {
  if (await hasArtifact(store, key, control)) return false;
  const folder = objectFolder(cache, key);
  const document = await readDocument(folder);
  if (document === undefined) throw internalError({ what: `the cache has no artifact ${key}` });
  await eachAtOnce(document.files, AT_ONCE, async ({ name, sha256 }) => {
    await putBlob(store, sha256, { file: join(folder, name) }, control);
  });
  return store.write(storedDocumentName(key), packDocument(document), control);
}

/**
 * Copies an artifact from the store to the cache, unless it is there: whole and as it was, or not at
 * all. What is used least makes room for it; it is safe itself where its key is leased. One that
 * cannot be had whole is struck from the store, so that its job can be done again.
 * @returns what the cache has then; `damaged` says what was wrong in the store, `missing` that the
 * store has no such artifact
 * @throws FlawmapError (environment) where the store or the cache fails
 */
export async function fetchArtifact(
  store: Store,
  cache: Cache,
  key: string,
  control?: StoreControl,
): Promise<Stored> {
  const stored = await readArtifact(cache, key);
  if (stored.state === 'whole') return stored;
  const found = await readStoredDocument(store, key, control);
  if (found === 'missing') return { state: 'missing' };
  try {
    if (found === 'damaged') throw new Damaged('its document cannot be read');
    const artifact = await placeArtifact(cache, async (folder) => {
      await eachAtOnce(found.files, AT_ONCE, async ({ name, sha256 }) => {
        const path = join(folder, name);
        await sayingCache(cache, () => makeFolder(dirname(path)));
        const state = await getBlob(store, sha256, path, control);
        if (state !== 'whole') throw new Damaged(`${name} is ${state}`);
      });
      return found;
    });
    await evictFor(cache, artifact);
    return { state: 'whole', artifact };
  } catch (error) {
    if (!(error instanceof Damaged)) throw error;
    await store.remove(storedDocumentName(key), control);
    return { state: 'damaged', damage: error.message };
  }
}

/**
 * Takes an artifact out of the store again, first the document, so that nobody finds half of it. Should
 * another have a file in common with it, that one is found damaged when it is fetched, and done again.
 * @throws FlawmapError (environment) where the store fails
 */
export async function withdrawArtifact(
  store: Store,
  key: string,
  control?: StoreControl,
): Promise<void> {
  const found = await readStoredDocument(store, key, control);
  if (found === 'missing') return;
  await store.remove(storedDocumentName(key), control);
  if (found === 'damaged') return;
  const hashes = new Set(found.files.map(({ sha256 }) => sha256));
  await eachAtOnce([...hashes], AT_ONCE, (hash) => store.remove(blobName(hash), control));
}

class Damaged extends Error {}
