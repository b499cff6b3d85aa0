import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPixelCounts, writePixelCounts } from './pixelCounts.ts';

test('pixel counts are read as they were written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'flawmap-test-'));
  try {
    const counts = {
      images: 3,
      tied: Uint8Array.of(1, 0),
      normals: Int32Array.of(1, 2, 3, 4, 5, 6),
      defective: Int32Array.of(2),
      anomalies: Int32Array.of(7, 8),
      coverage: Float32Array.of(0.25, 1.75),
      regions: Int32Array.of(2),
    };
    await writePixelCounts(folder, '42', counts);
    expect(await readPixelCounts(folder, '42')).toEqual(counts);
  } finally {
    await rm(folder, { recursive: true });
  }
});
