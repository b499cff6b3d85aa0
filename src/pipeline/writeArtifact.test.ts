import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { JOIN, joinJob, testCache } from '../../test/support/pipelineJobs.ts';
import { objectFolder, placeIn } from './cache.ts';
import { keyJobs } from './jobKey.ts';
import { readArtifact, verifyArtifact } from './readArtifact.ts';
import { writeArtifact } from './writeArtifact.ts';

const [KEYED] = keyJobs([joinJob('a')], JOIN) as [ReturnType<typeof keyJobs>[number]];
const MEASURED = { seconds: 1.5, peakBytes: 100 };
// printf 'one' | sha256sum; printf 'second' | sha256sum
const ONE = '7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed';
const SECOND = '16367aacb67a4a017c8da8ab95682ccb390863780f7114dda0a0e0c55644c7c4';

const twoFiles = async (folder: string) => {
  writeFileSync(join(folder, 'one'), 'one', { mode: 0o444 });
  mkdirSync(join(folder, 'below'));
  writeFileSync(join(folder, 'below', 'two'), 'second');
  return MEASURED;
};

describe('writeArtifact', () => {
  it('leaves the files and what they are', async () => {
    const cache = await testCache();
    const artifact = await writeArtifact(cache, KEYED, twoFiles);
    const folder = join(cache.folder, 'objects', KEYED.key.slice(0, 2), KEYED.key);
    const files = [
      { name: 'below/two', bytes: 6, sha256: SECOND },
      { name: 'one', bytes: 3, sha256: ONE },
    ];
    expect(artifact).toEqual({ id: 'a', key: KEYED.key, folder, measured: MEASURED, files });
    expect(readFileSync(join(folder, 'below', 'two'), 'utf8')).toBe('second');
    expect(JSON.parse(readFileSync(join(folder, 'artifact.json'), 'utf8'))).toEqual({
      key: KEYED.key,
      inputs: { kind: 'join', version: 1, options: { text: 'a' }, files: [], upstream: [] },
      files,
      measured: MEASURED,
    });
    expect(readdirSync(placeIn(cache, 'partial'))).toEqual([]);
    expect(await verifyArtifact(cache, KEYED.key)).toMatchObject({ state: 'whole' });
  });

  it('shows nothing before all of it is there', async () => {
    const cache = await testCache();
    await writeArtifact(cache, KEYED, async (folder) => {
      expect(readdirSync(folder)).toEqual([]);
      const measured = await twoFiles(folder);
      expect(existsSync(objectFolder(cache, KEYED.key))).toBe(false);
      return measured;
    });
    expect(existsSync(objectFolder(cache, KEYED.key))).toBe(true);
  });

  it('leaves nothing of a failure', async () => {
    const cache = await testCache();
    const failure = new RangeError('ours');
    const written = writeArtifact(cache, KEYED, async (folder) => {
      await twoFiles(folder);
      throw failure;
    });
    await expect(written).rejects.toBe(failure);
    expect(await readArtifact(cache, KEYED.key)).toEqual({ state: 'missing' });
    expect(readdirSync(placeIn(cache, 'partial'))).toEqual([]);
  });

  it('keeps the artifact of who was first', async () => {
    const cache = await testCache();
    const late = writeArtifact(cache, KEYED, async (folder) => {
      await writeArtifact(cache, KEYED, twoFiles);
      writeFileSync(join(folder, 'late'), 'late');
      return { seconds: 9, peakBytes: 9 };
    });
    const { measured, files } = await late;
    expect(measured).toEqual(MEASURED);
    expect(files.map(({ name }) => name)).toEqual(['below/two', 'one']);
    expect(readdirSync(objectFolder(cache, KEYED.key)).sort()).toEqual([
      'artifact.json',
      'below',
      'one',
    ]);
    expect(readdirSync(placeIn(cache, 'partial'))).toEqual([]);
  });

  it('replaces a damaged one', async () => {
    const cache = await testCache();
    await writeArtifact(cache, KEYED, twoFiles);
    writeFileSync(join(objectFolder(cache, KEYED.key), 'below', 'two'), 'sec');
    await writeArtifact(cache, KEYED, twoFiles);
    expect(await verifyArtifact(cache, KEYED.key)).toMatchObject({ state: 'whole' });
  });

  it.each(['artifact.json', 'link'])('refuses a job that leaves %s', async (name) => {
    const cache = await testCache();
    const written = writeArtifact(cache, KEYED, async (folder) => {
      if (name === 'link') symlinkSync('/etc/hostname', join(folder, name));
      else writeFileSync(join(folder, name), '{}');
      return MEASURED;
    });
    await expect(written).rejects.toThrow(`a job of kind join may not leave ${name}`);
  });
});
