import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSamples, writeSamples } from './samples.ts';

test('samples are read as they were written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'flawmap-samples-'));
  try {
    const samples = {
      labels: [0, 1, 1] as const,
      metrics: {
        f1: {
          value: 0.1 + 0.2,
          replicates: Float64Array.of(1 / 3, Number.NaN),
          jackknife: Float64Array.of(0.5, 0.25, 1),
        },
        pro: { value: Number.NaN, replicates: new Float64Array(), jackknife: new Float64Array() },
        mcc: { value: -1, replicates: Float64Array.of(2), jackknife: new Float64Array() },
      },
    };
    await writeSamples(folder, samples);
    expect(await readSamples(folder)).toEqual(samples);
  } finally {
    await rm(folder, { recursive: true });
  }
});
