import { describe, expect, it } from 'vitest';
import { anyImage, importTree, maskOf } from '../../../test/support/importTree.ts';

const image = await anyImage();
const mask = await maskOf('......', '.##...', '......', '......');
const empty = await maskOf('......', '......', '......', '......');

describe('the reader of KolektorSDD', () => {
  it('tells normal from defective by the masks, and keeps pieces together', async () => {
    const files: Record<string, Uint8Array> = {};
    for (let piece = 1; piece <= 7; piece++) {
      for (const part of [0, 1]) {
        files[`kos0${piece}/Part${part}.png`] = image;
        files[`kos0${piece}/Part${part}_label.png`] = piece === 3 && part === 1 ? mask : empty;
      }
    }
    files['kos01/Part9.png'] = image;
    const { report, written, remarks } = await importTree(files);
    expect(report.format).toBe('kolektorsdd');
    expect(report.reason).toBe('kos01/Part0_label.png is named as a mask of kolektorsdd');
    const inFolder = (folder: string) =>
      written.filter((file) => file.startsWith(`kolektorsdd/${folder}/`));
    expect(inFolder('test/defect')).toEqual(['kolektorsdd/test/defect/kos03_Part1.png']);
    expect(inFolder('ground_truth')).toHaveLength(1);
    // The other photograph of the piece with a defect is to test on too.
    expect(inFolder('test/good')).toEqual(['kolektorsdd/test/good/kos03_Part0.png']);
    expect(inFolder('train/good')).toHaveLength(12);
    expect(remarks).toEqual(['image-without-annotation kos01/Part9.png']);
  });

  it('keeps the parts of KolektorSDD2, without the defective images of the training part', async () => {
    const { written, remarks } = await importTree({
      'train/10000.png': image,
      'train/10000_GT.png': empty,
      'train/10001.png': image,
      'train/10001_GT.png': mask,
      'test/20000.png': image,
      'test/20000_GT.png': mask,
      'test/20001.png': image,
      'test/20001_GT.png': empty,
      'test/20002_GT.png': empty,
    });
    expect(written).toEqual([
      'kolektorsdd2/ground_truth/defect/20000_mask.png',
      'kolektorsdd2/test/defect/20000.png',
      'kolektorsdd2/test/good/20001.png',
      'kolektorsdd2/train/good/10000.png',
    ]);
    expect(remarks).toEqual([
      'annotation-without-image test/20002_GT.png',
      'defect-in-training train/10001.png',
    ]);
  });
});
