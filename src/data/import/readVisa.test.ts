import { describe, expect, it } from 'vitest';
import { anyImage, importTree, maskOf } from '../../../test/support/importTree.ts';

const image = await anyImage();
const mask = await maskOf('......', '.##...', '......', '......');
const HEAD = 'object,split,label,image,mask\n';

const files = {
  'candle/Data/Images/Normal/0000.png': image,
  'candle/Data/Images/Normal/0001.png': image,
  'candle/Data/Images/Anomaly/000.png': image,
  'candle/Data/Masks/Anomaly/000.png': mask,
};

describe('the reader of VisA', () => {
  it('follows the table for one class at a time', async () => {
    const { report, written, remarks } = await importTree({
      ...files,
      'split_csv/2cls_fewshot.csv': `${HEAD}candle,train,anomaly,nowhere.png,\n`,
      'split_csv/1cls.csv': `${HEAD}candle,train,normal,candle/Data/Images/Normal/0000.png,
candle,test,normal,candle/Data/Images/Normal/0001.png,
candle,test,anomaly,candle/Data/Images/Anomaly/000.png,candle/Data/Masks/Anomaly/000.png
candle,test,anomaly,candle/Data/Images/Anomaly/001.png,candle/Data/Masks/Anomaly/001.png
candle,train,anomaly,candle/Data/Images/Anomaly/000.png,candle/Data/Masks/Anomaly/000.png
`,
    });
    expect(report.format).toBe('visa');
    expect(report.reason).toContain('split_csv/1cls.csv has the columns object, split');
    expect(written).toEqual([
      'candle/ground_truth/anomaly/000_mask.png',
      'candle/test/anomaly/000.png',
      'candle/test/good/0001.png',
      'candle/train/good/0000.png',
    ]);
    expect(remarks).toEqual([
      'annotation-without-image candle/Data/Images/Anomaly/001.png',
      'defect-in-training candle/Data/Images/Anomaly/000.png',
    ]);
  });

  it.each([
    ['a path out of the folder', 'x,test,anomaly,../secret.png,', 'outside of the data set'],
    ['a mask out of it', 'x,test,anomaly,candle/Data/Images/Anomaly/000.png,/etc/x.png', 'outside'],
    ['an unknown part', 'x,val,normal,candle/Data/Images/Normal/0000.png,', 'found:    "val"'],
  ])('refuses %s', async (_, line, message) => {
    const table = { ...files, 'split_csv/1cls.csv': `${HEAD}${line}\n` };
    await expect(importTree(table)).rejects.toThrow(message);
  });
});
