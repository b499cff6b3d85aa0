import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filled, makeTree } from '../../test/support/tree.ts';
import { openLabelled } from './openLabelled.ts';

describe('openLabelled', () => {
  it('reads good and the defect types of a folder, with masks', async () => {
    const root = makeTree(
      filled(['good/1.png', 'good/0.png', 'cut/0.png', 'dent/0.png', 'ground_truth/cut/0.png']),
    );
    const { samples } = await openLabelled(root);
    expect(samples.map(({ id, label, phase }) => [id, label, phase])).toEqual([
      ['cut/0.png', 'anomalous', 'calibration'],
      ['dent/0.png', 'anomalous', 'calibration'],
      ['good/0.png', 'normal', 'calibration'],
      ['good/1.png', 'normal', 'calibration'],
    ]);
    expect(samples.map(({ maskPath }) => maskPath)).toEqual([
      join(root, 'ground_truth/cut/0.png'),
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('takes the test folder of a category, never its training images', async () => {
    const root = makeTree(
      filled([
        'train/good/0.png',
        'test/good/1.png',
        'test/cut/2.png',
        'ground_truth/cut/2_mask.png',
      ]),
    );
    const { samples } = await openLabelled(root);
    expect(samples.map(({ id }) => id)).toEqual(['test/cut/2.png', 'test/good/1.png']);
    expect(samples[0]!.maskPath).toBe(join(root, 'ground_truth/cut/2_mask.png'));
  });

  it('accepts good images alone', async () => {
    const { samples } = await openLabelled(makeTree(filled(['good/1.png'])));
    expect(samples).toHaveLength(1);
  });

  it.each([
    ['training images only', ['train/good/0.png'], /has training images only/],
    ['unsorted images', ['0.png', '1.png'], /no labelled images in [\s\S]*\/good, and in a folder/],
    ['folders without images', ['good/a.txt', 'cut/b.txt'], /no labelled images/],
    [
      'no good images',
      ['cut/0.png', 'dent/0.png'],
      /no good images in [\s\S]*only cut, dent\n.*add/,
    ],
    ['the same stem twice', ['good/0.png', 'good/0.bmp'], /0\.png has the same name as 0\.bmp/],
    ['a mask for a good image', ['good/0.png', 'ground_truth/good/0.png'], /mask for a good image/],
  ])('refuses %s', async (_, paths, message) => {
    await expect(openLabelled(makeTree(filled(paths)))).rejects.toThrow(message);
  });

  it('refuses a missing folder', async () => {
    await expect(openLabelled('/no/such/folder')).rejects.toThrow('/no/such/folder does not exist');
  });
});
