import { expect, it } from 'vitest';
import { anyImage, importTree, maskOf } from '../../../test/support/importTree.ts';

const image = await anyImage();
const mask = await maskOf('......', '.##...', '......', '......');

it('reads ok and ko folders of BTAD', async () => {
  const {
    report,
    written,
    remarks,
    mask: rows,
  } = await importTree({
    '01/train/ok/0000.png': image,
    '01/test/ok/0000.png': image,
    '01/test/ko/0000.png': image,
    '01/test/ko/0001.png': image,
    '01/ground_truth/ko/0000.png': mask,
    '01/ground_truth/ko/0009.png': mask,
    '02/train/ok/0000.png': image,
  });
  expect(report.format).toBe('btad');
  expect(report.reason).toBe('01 has train/ok');
  expect(written).toEqual([
    '01/ground_truth/ko/0000_mask.png',
    '01/test/good/0000.png',
    '01/test/ko/0000.png',
    '01/test/ko/0001.png',
    '01/train/good/0000.png',
    '02/train/good/0000.png',
  ]);
  expect(await rows('01/ground_truth/ko/0000_mask.png')).toEqual([
    '......',
    '.##...',
    '......',
    '......',
  ]);
  expect(remarks).toEqual([
    'annotation-without-image 01/ground_truth/ko/0009.png',
    'no-mask 01/test/ko/0001.png',
  ]);
});
