import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { describeWithShared, sharedPath } from '../../test/support/shared.ts';
import { makeTree } from '../../test/support/tree.ts';
import { decodeMask } from './decodeMask.ts';

const raw = (channels: 1 | 3 | 4) => ({ raw: { width: 3, height: 1, channels } });
const maskFile = (bytes: Buffer) => join(makeTree({ 'mask.png': bytes }), 'mask.png');

describe('decodeMask', () => {
  it('takes any grey but zero for a defect', async () => {
    const png = sharp(Uint8Array.of(0, 1, 255), raw(1))
      .toColourspace('b-w')
      .png();
    const mask = await decodeMask(maskFile(await png.toBuffer()));
    expect(mask).toStrictEqual({ width: 3, height: 1, data: Uint8Array.of(0, 1, 1) });
  });

  it('takes any colour but black for a defect', async () => {
    const png = sharp(Uint8Array.of(0, 0, 0, 0, 0, 1, 9, 0, 0), raw(3)).png();
    expect([...(await decodeMask(maskFile(await png.toBuffer()))).data]).toEqual([0, 1, 1]);
  });

  it('keeps the smallest values of 16-bit masks', async () => {
    // Label images count 0, 1, 2; as 8 bits they would all be black.
    const samples = Uint16Array.of(0, 1, 2);
    const png = sharp(samples, raw(1)).toColourspace('grey16').png();
    const bytes = await png.toBuffer();
    expect((await sharp(bytes).metadata()).depth).toBe('ushort');
    expect([...(await decodeMask(maskFile(bytes))).data]).toEqual([0, 1, 1]);
  });

  it('reads 1-bit masks', async () => {
    const grey = sharp(Uint8Array.of(0, 255, 255), raw(1)).toColourspace('b-w');
    const bytes = await grey.png({ palette: true, colours: 2 }).toBuffer();
    expect([...(await decodeMask(maskFile(bytes))).data]).toEqual([0, 1, 1]);
  });

  it('ignores opaque alpha, and refuses a mask that is drawn in alpha', async () => {
    const rgba = (alphas: number[]) =>
      sharp(Uint8Array.from(alphas.flatMap((alpha) => [255, 0, 0, alpha])), raw(4))
        .png()
        .toBuffer();
    expect([...(await decodeMask(maskFile(await rgba([255, 255, 255])))).data]).toEqual([1, 1, 1]);
    const drawnInAlpha = decodeMask(maskFile(await rgba([0, 255, 0])));
    await expect(drawnInAlpha).rejects.toThrow(/transparent.*flatten/s);
  });

  it('refuses JPEG', async () => {
    const bytes = await sharp(Uint8Array.of(0, 1, 255), raw(1))
      .jpeg()
      .toBuffer();
    await expect(decodeMask(maskFile(bytes))).rejects.toThrow(/JPEG.*PNG/s);
  });

  it('refuses an empty file by name', async () => {
    await expect(decodeMask(maskFile(Buffer.alloc(0)))).rejects.toThrow(/mask\.png.*0 bytes/s);
  });
});

describeWithShared('decodeMask on a real mask', () => {
  it('counts the defective pixels as numpy does', async () => {
    const path = sharedPath('data/mvtec/bottle/ground_truth/broken_large/000_mask.png');
    const { width, height, data } = await decodeMask(path);
    expect([width, height]).toEqual([256, 256]);
    // python3 -c "import numpy as np; from PIL import Image;
    //   print((np.asarray(Image.open('.../broken_large/000_mask.png')) > 0).sum())"
    expect(data.reduce((sum, value) => sum + value, 0)).toBe(7131);
  });
});
