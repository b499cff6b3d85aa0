import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { JOINED, run, THREE, testCache } from '../../test/support/pipelineJobs.ts';
import type { ProgressEvent } from '../core/progress.ts';
import { verifyCache } from './verifyCache.ts';

describe('verifyCache', () => {
  it('finds and removes what is damaged, so that it is computed anew', async () => {
    const cache = await testCache();
    const { artifacts } = await run(cache, THREE);
    const [a, b] = [artifacts.get('a')!, artifacts.get('b')!];
    writeFileSync(join(a.folder, JOINED), 'x');
    rmSync(join(b.folder, JOINED));
    const found = await verifyCache(cache);
    expect(new Set(found)).toEqual(
      new Set([
        { key: a.key, damage: `the content of ${JOINED} has changed` },
        { key: b.key, damage: `${JOINED} is missing` },
      ]),
    );
    expect((await run(cache, THREE)).ran).toEqual(['a', 'b']);
    expect(await verifyCache(cache)).toEqual([]);
  });

  it('reports progress and stops when told to', async () => {
    const cache = await testCache();
    await run(cache, THREE);
    const events: ProgressEvent[] = [];
    await verifyCache(cache, { onProgress: (event) => events.push(event) });
    expect(events.map(({ done, total }) => [done, total])).toEqual([
      [0, 3],
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(verifyCache(cache, { signal })).rejects.toThrow('enough');
  });
});
