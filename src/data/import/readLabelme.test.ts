import { describe, expect, it } from 'vitest';
import { anyImage, importTree } from '../../../test/support/importTree.ts';
import { makeTree } from '../../../test/support/tree.ts';
import type { ProgressEvent } from '../../core/progress.ts';
import { labelmeReader } from './readLabelme.ts';

const image = await anyImage();

const labelme = (imagePath: string, shapes: object[], width = 6, height = 4) =>
  JSON.stringify({ version: '5.4.1', shapes, imagePath, imageWidth: width, imageHeight: height });

const scratch = {
  label: 'scratch',
  shape_type: 'polygon',
  points: [
    [1, 1],
    [3, 1],
    [3, 3],
    [1, 3],
  ],
};
const dent = {
  label: 'dent',
  shape_type: 'circle',
  points: [
    [4.5, 1.5],
    [5.6, 1.5],
  ],
};
const stain = {
  label: 'stain',
  shape_type: 'rectangle',
  points: [
    [6, 4],
    [4, 3],
  ],
};
const line = {
  label: 'stain',
  shape_type: 'line',
  points: [
    [0, 0],
    [4, 3],
  ],
};

describe('the reader of labelme', () => {
  it('draws polygons, rectangles and circles, and tells what it cannot draw', async () => {
    const { report, written, remarks, mask } = await importTree({
      'images/a.png': image,
      'images/b.png': image,
      'images/c.png': image,
      'images/normal.png': image,
      'images/unknown.png': image,
      'good/d.png': image,
      'json/a.json': labelme('..\\images\\a.png', [scratch]),
      'json/b.json': labelme('../images/b.png', [dent, stain]),
      'json/c.json': labelme('../images/c.png', [line, stain], 7, 4),
      'json/normal.json': labelme('../images/normal.png', []),
      'json/gone.json': labelme('../images/gone.png', [scratch]),
    });
    expect(report.format).toBe('labelme');
    expect(report.reason).toBe('json/a.json has shapes and imagePath');
    const category = report.counts[0]!.category;
    expect(written.map((file) => file.slice(category.length + 1))).toEqual([
      'ground_truth/combined/images_b_mask.png',
      'ground_truth/scratch/images_a_mask.png',
      'test/combined/images_b.png',
      'test/scratch/images_a.png',
      'test/stain/images_c.png',
      'train/good/good_d.png',
      'train/good/images_normal.png',
    ]);
    expect(await mask(`${category}/ground_truth/scratch/images_a_mask.png`)).toEqual([
      '......',
      '.##...',
      '.##...',
      '......',
    ]);
    // A disc of radius 1.1 around the centre of (4, 1), and the last two pixels.
    expect(await mask(`${category}/ground_truth/combined/images_b_mask.png`)).toEqual([
      '....#.',
      '...###',
      '....#.',
      '....##',
    ]);
    expect(remarks).toEqual([
      'image-without-annotation images/unknown.png',
      'annotation-without-image json/gone.json',
      'sizes-differ images/c.png',
      'unknown-shape json/c.json',
    ]);
  });

  it('finds the image beside its annotation when it has moved', async () => {
    const files = { 'a.png': image, 'a.json': labelme('old/name.png', [scratch]) };
    const { report } = await importTree(files);
    expect(report.images.map(({ from }) => from)).toEqual(['a.png']);
  });

  it('tells how far it is, and stops when told to', async () => {
    const root = makeTree({ 'a.png': image, 'a.json': labelme('a.png', []), 'b.json': '{}' });
    const events: ProgressEvent[] = [];
    await labelmeReader.read(root, { onProgress: (event) => events.push(event) });
    expect(events.map(({ done, total }) => [done, total])).toEqual([
      [0, 2],
      [1, 2],
    ]);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(labelmeReader.read(root, { signal })).rejects.toThrow('enough');
  });

  it.each(['../../a.png', '/etc/a.png'])('refuses an image at %s', async (imagePath) => {
    const files = { 'a.png': image, 'a.json': labelme(imagePath, [scratch]) };
    await expect(importTree(files)).rejects.toThrow('outside of the data set');
  });
});
