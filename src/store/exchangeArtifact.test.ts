import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { JOINED, joined, run, THREE, testCache } from '../../test/support/pipelineJobs.ts';
import { makeTree } from '../../test/support/tree.ts';
import { verifyArtifact } from '../pipeline/readArtifact.ts';
import { fetchArtifact, publishArtifact } from './exchangeArtifact.ts';
import { openFolderStore } from './folderStore.ts';

describe('artifacts', () => {
  it('are the same in another cache', async () => {
    const store = await openFolderStore(join(makeTree({}), 'store'));
    const [here, there] = [await testCache(), await testCache()];
    const outcome = await run(here, THREE);
    const { key } = outcome.artifacts.get('c')!;
    expect(await publishArtifact(store, here, key)).toBe(true);
    expect(await publishArtifact(store, here, key)).toBe(false);
    const fetched = await fetchArtifact(store, there, key);
    expect(fetched).toMatchObject({ state: 'whole', artifact: { key } });
    expect(await verifyArtifact(there, key)).toEqual(fetched);
    expect(await joined(outcome, 'c')).toBe('aabc');
    for (const name of ['artifact.json', JOINED]) {
      const path = join('objects', key.slice(0, 2), key, name);
      expect(readFileSync(join(there.folder, path))).toEqual(readFileSync(join(here.folder, path)));
    }
  });
});
