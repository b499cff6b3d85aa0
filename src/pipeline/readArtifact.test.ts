import { chmodSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { JOIN, JOINED, joinJob, run, testCache } from '../../test/support/pipelineJobs.ts';
import { sha256 } from '../core/hash.ts';
import type { Cache } from './cache.ts';
import { keyJobs } from './jobKey.ts';
import { readArtifact, verifyArtifact } from './readArtifact.ts';

async function stored(): Promise<{ cache: Cache; key: string; folder: string }> {
  const cache = await testCache();
  const { artifacts } = await run(cache, [joinJob('a', [], 'twelve bytes')]);
  const { key, folder } = artifacts.get('a')!;
  return { cache, key, folder };
}

describe('readArtifact', () => {
  it('gives what is there', async () => {
    const { cache, key, folder } = await stored();
    expect(await readArtifact(cache, key)).toEqual({
      state: 'whole',
      artifact: {
        key,
        folder,
        measured: { seconds: expect.any(Number), peakBytes: expect.any(Number) },
        files: [{ name: JOINED, bytes: 12, sha256: sha256('twelve bytes') }],
      },
    });
  });

  it('gives nothing where nothing is', async () => {
    const { cache } = await stored();
    const [other] = keyJobs([joinJob('b')], JOIN);
    expect(await readArtifact(cache, other!.key)).toEqual({ state: 'missing' });
  });

  it.each<[string, (folder: string) => void]>([
    [`${JOINED} is missing`, (folder) => rmSync(join(folder, JOINED))],
    [`${JOINED} has 5 bytes instead of 12`, (folder) => truncateSync(join(folder, JOINED), 5)],
    ['artifact.json cannot be read', (folder) => rmSync(join(folder, 'artifact.json'))],
    ['artifact.json cannot be read', (folder) => truncateSync(join(folder, 'artifact.json'), 100)],
    [
      'artifact.json cannot be read',
      (folder) => writeFileSync(join(folder, 'artifact.json'), '{}'),
    ],
    [
      'artifact.json cannot be read',
      (folder) => writeFileSync(join(folder, 'artifact.json'), '{"key":"0","files":[]}'),
    ],
  ])('says what is wrong: %s', async (damage, spoil) => {
    const { cache, key, folder } = await stored();
    spoil(folder);
    expect(await readArtifact(cache, key)).toEqual({ state: 'damaged', damage });
  });
});

describe('verifyArtifact', () => {
  it('reads the content as well', async () => {
    const { cache, key, folder } = await stored();
    expect(await verifyArtifact(cache, key)).toMatchObject({ state: 'whole' });
    chmodSync(join(folder, JOINED), 0o644);
    writeFileSync(join(folder, JOINED), 'Twelve bytes');
    expect(await readArtifact(cache, key)).toMatchObject({ state: 'whole' });
    expect(await verifyArtifact(cache, key)).toEqual({
      state: 'damaged',
      damage: `the content of ${JOINED} has changed`,
    });
  });

  it('compares the key with what it is the hash of', async () => {
    const { cache, key, folder } = await stored();
    const [other] = keyJobs([joinJob('b')], JOIN);
    const measured = { seconds: 1, peakBytes: 1 };
    const document = { key, inputs: other!.parts, files: [], measured };
    writeFileSync(join(folder, 'artifact.json'), JSON.stringify(document));
    expect(await verifyArtifact(cache, key)).toEqual({
      state: 'damaged',
      damage: 'artifact.json is that of another job',
    });
  });

  it('says what readArtifact says', async () => {
    const { cache, key, folder } = await stored();
    rmSync(join(folder, JOINED));
    expect(await verifyArtifact(cache, key)).toMatchObject({ damage: `${JOINED} is missing` });
  });
});
