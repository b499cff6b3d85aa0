import { usageError } from '../core/error.ts';
import { openFolderStore } from './folderStore.ts';
import type { Store } from './store.ts';

/**
 * Opens a store and finds out whether it can be read and written.
 * @param place `s3://BUCKET` or `s3://BUCKET/PREFIX`, or a folder that all machines see, which is
 * made if missing
 * @throws FlawmapError (usage) for another scheme, (environment) saying why it cannot be used
 */
export async function openStore(place: string): Promise<Store> {
  const scheme = /^([a-z][a-z\d+.-]+):\/\//i.exec(place)?.[1]?.toLowerCase();
  if (scheme === undefined) return openFolderStore(place);
  if (scheme === 's3') {
    const { openS3Store } = await import('./s3Store.ts');
    return openS3Store(place);
  }
  throw usageError({
    what: `there are no stores of the kind ${scheme}://`,
    expected: 's3://BUCKET, s3://BUCKET/PREFIX or a folder',
    found: place,
    remedy: 'correct --store',
  });
}
