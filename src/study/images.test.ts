import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeTree } from '../../test/support/tree.ts';
import type { ShiftedImage } from '../shift/writeShiftedSamples.ts';
import { imageRef, SHIFTED_IMAGES, samplesOf } from './images.ts';

const GOOD = {
  id: 'test/good/000.jpg',
  sha256: 'a',
  label: 'normal',
  defectType: 'good',
  mask: null,
} as const;
const CUT = {
  id: 'test/cut/001.jpg',
  sha256: 'b',
  label: 'anomalous',
  defectType: 'cut',
  mask: { id: 'ground_truth/cut/001_mask.png', sha256: 'c' },
} as const;
const UNMASKED = { ...CUT, id: 'test/cut/002.jpg', mask: null };
const TRAINING = { ...GOOD, id: 'train/good/003.jpg' };

const refs = [CUT, GOOD, UNMASKED, TRAINING].map(imageRef);

test('imageRef keeps what names an image, not its content', () => {
  expect(refs[0]).toEqual({
    id: CUT.id,
    label: 'anomalous',
    defectType: 'cut',
    mask: 'ground_truth/cut/001_mask.png',
  });
  expect(refs[1]!.mask).toBeNull();
});

describe('samplesOf', () => {
  test('finds clean images and masks in the folder of the category, in the order given', async () => {
    const samples = await samplesOf('nut', refs, { kind: 'clean', root: '/data/nut' });
    expect(samples[0]).toEqual({
      id: CUT.id,
      path: join('/data/nut', CUT.id),
      category: 'nut',
      phase: 'test',
      label: 'anomalous',
      defectType: 'cut',
      maskPath: join('/data/nut', 'ground_truth/cut/001_mask.png'),
    });
    expect(samples.map(({ id }) => id)).toEqual(refs.map(({ id }) => id));
    for (const sample of samples.slice(1)) expect(sample).not.toHaveProperty('maskPath');
    expect(samples[3]!.phase).toBe('train');
  });

  test('finds shifted ones where the shift has put them, under the names of the clean ones', async () => {
    const shifted: Partial<ShiftedImage>[] = [
      { id: GOOD.id, file: 'nut/test/good/000.png' },
      { id: CUT.id, file: 'nut/test/cut/001.png', mask: 'nut/ground_truth/cut/001_mask.png' },
      { id: UNMASKED.id, file: 'nut/test/cut/002.png' },
      { id: TRAINING.id, file: 'nut/train/good/003.png' },
    ];
    const folder = makeTree({ [SHIFTED_IMAGES]: JSON.stringify(shifted) });
    const samples = await samplesOf('nut', refs, { kind: 'shifted', folder });
    expect(samples[0]).toMatchObject({
      id: CUT.id,
      path: join(folder, 'nut/test/cut/001.png'),
      maskPath: join(folder, 'nut/ground_truth/cut/001_mask.png'),
      phase: 'test',
    });
    expect(samples[1]).toMatchObject({ id: GOOD.id, path: join(folder, 'nut/test/good/000.png') });
    expect(samples[2]).not.toHaveProperty('maskPath');
    expect(samples[3]).toMatchObject({ phase: 'train', label: 'normal' });
  });
});
