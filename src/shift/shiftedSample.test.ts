import { join } from 'node:path';
import { expect, it } from 'vitest';
import { categoryFiles } from '../../test/support/photographs.ts';
import { makeTree } from '../../test/support/tree.ts';
import type { Sample } from '../data/dataset.ts';
import { openCategory } from '../data/openCategory.ts';
import { decodeImage } from '../image/decodeImage.ts';
import { decodeMask } from '../image/decodeMask.ts';
import { PRESETS } from './presets.ts';
import { sampleShifter } from './shiftedSample.ts';
import { writeShiftedSamples } from './writeShiftedSamples.ts';

async function samples(): Promise<Sample[]> {
  const files = await categoryFiles({ train: 1, good: 1, flawed: 2, masks: 1 });
  const { train, test } = await openCategory(makeTree(files), 'stripes');
  return [...train, ...test];
}

it('makes in memory what is written to files', async () => {
  const settings = { preset: PRESETS.seed, severity: 1.5, seed: 42 };
  const shiftSample = sampleShifter(settings);
  const all = await samples();
  const out = makeTree({});
  const written = await writeShiftedSamples(all, out, settings);
  for (const [place, sample] of all.entries()) {
    const { image, mask, shift, filled } = await shiftSample(sample);
    const file = written[place]!;
    expect({ shift, filled }).toEqual({ shift: file.shift, filled: file.filled });
    expect(image).toEqual(await decodeImage(join(out, file.file)));
    expect(mask).toEqual(file.mask && (await decodeMask(join(out, file.mask))));
  }
});

it('does not depend on which samples came before', async () => {
  const settings = { preset: PRESETS.noise, severity: 1, seed: 42 };
  const all = await samples();
  const [first, second] = [sampleShifter(settings), sampleShifter(settings)];
  await first(all[0]!);
  expect(await first(all[2]!)).toEqual(await second(all[2]!));
});
