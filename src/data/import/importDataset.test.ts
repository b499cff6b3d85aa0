import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anyImage, filesIn, importTree, maskOf } from '../../../test/support/importTree.ts';
import { makeTree } from '../../../test/support/tree.ts';
import { openCategory } from '../openCategory.ts';
import { importDataset } from './importDataset.ts';

const image = await anyImage();
const mask = await maskOf('......', '.##...', '......', '......');
const small = await maskOf('#.', '..');

const MVTEC = {
  'nut/train/good/0.png': image,
  'nut/test/good/0.png': image,
  'nut/test/cut/0.png': image,
  'nut/test/cut/1.png': image,
  'nut/test/cut/2.png': image,
  'nut/ground_truth/cut/0_mask.png': mask,
  'nut/ground_truth/cut/1_mask.png': small,
  'nut/ground_truth/cut/7_mask.png': mask,
};

describe('importDataset', () => {
  it('writes what openCategory reads, and tells where it came from', async () => {
    const { report, out, written, remarks } = await importTree(MVTEC);
    expect(report.format).toBe('mvtec');
    expect(report.reason).toBe('nut has train/good');
    expect(written).toEqual([
      'nut/ground_truth/cut/0_mask.png',
      'nut/test/cut/0.png',
      'nut/test/cut/1.png',
      'nut/test/cut/2.png',
      'nut/test/good/0.png',
      'nut/train/good/0.png',
    ]);
    expect(remarks).toEqual([
      'annotation-without-image nut/ground_truth/cut/7_mask.png',
      'sizes-differ nut/test/cut/1.png',
      'no-mask nut/test/cut/2.png',
    ]);
    const { train, test } = await openCategory(out, 'nut');
    expect([train.length, test.filter(({ maskPath }) => maskPath).length]).toEqual([1, 1]);
    const record = JSON.parse(readFileSync(join(out, 'import.json'), 'utf8'));
    expect(record).toEqual(JSON.parse(JSON.stringify(report)));
    expect(record.counts).toContainEqual({
      category: 'nut',
      phase: 'test',
      defectType: 'cut',
      images: 3,
      masks: 1,
      from: ['nut/test/cut'],
    });
  });

  it('links on request: the same file, and no more room', async () => {
    const { source, out } = await importTree(MVTEC, { link: true });
    const inode = (path: string) => statSync(path).ino;
    expect(inode(join(out, 'nut/train/good/0.png'))).toBe(
      inode(join(source, 'nut/train/good/0.png')),
    );
  });

  it('knows MPDD by its categories', async () => {
    const { report } = await importTree({ 'tubes/train/good/0.png': image });
    expect(report.format).toBe('mpdd');
  });

  it('says what to do where there is nothing to learn from', async () => {
    const { report } = await importTree(
      { 'nut/test/cut/0.png': image, 'nut/train/good/a.txt': 'x' },
      { format: 'mvtec' },
    );
    expect(report.warnings.find(({ kind }) => kind === 'no-normal-images')).toMatchObject({
      message: expect.stringContaining('no normal images to learn from'),
      remedy: expect.stringContaining('train/good'),
    });
  });

  it('refuses what is laid out like nothing known, and a folder that is in use', async () => {
    const source = makeTree({ 'a/b.txt': 'x' });
    const used = makeTree({ 'x.txt': 'x' });
    const options = { source, out: join(used, 'new'), format: 'auto', link: false } as const;
    await expect(importDataset(options)).rejects.toThrow(/like none of the data sets.*kosNN/s);
    await expect(importDataset({ ...options, out: used })).rejects.toThrow('new or empty folder');
    await expect(importDataset({ ...options, source: join(source, 'no') })).rejects.toThrow(
      'nothing there',
    );
  });

  it('leaves nothing behind when a mask cannot be read or it is interrupted', async () => {
    const place = makeTree({});
    const out = join(place, 'data');
    const broken = makeTree({ ...MVTEC, 'nut/ground_truth/cut/2_mask.png': 'no image' });
    const options = { source: broken, out, format: 'auto', link: false } as const;
    await expect(importDataset(options)).rejects.toThrow('2_mask.png');
    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error('stop'));
    const control = { onProgress, signal: controller.signal };
    await expect(importDataset({ ...options, source: makeTree(MVTEC) }, control)).rejects.toThrow(
      'stop',
    );
    expect(filesIn(place)).toEqual([]);
  });
});
