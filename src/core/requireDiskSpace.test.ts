import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { requireDiskSpace } from './requireDiskSpace.ts';

it('says how much is missing where, and nothing where there is room', async () => {
  await requireDiskSpace(tmpdir(), 1, 'a byte', 'go elsewhere');
  const much = requireDiskSpace(tmpdir(), 2 ** 60, 'an exbibyte', 'go elsewhere');
  await expect(much).rejects.toMatchObject({
    kind: 'environment',
    details: {
      what: 'the disk has no room for an exbibyte',
      expected: `1152921504.61 GB free where ${tmpdir()} lies`,
      found: expect.stringMatching(/^\d+\.\d\d GB free$/),
      remedy: 'free some disk space, or go elsewhere',
    },
  });
});
