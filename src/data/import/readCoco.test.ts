import { describe, expect, it } from 'vitest';
import { anyImage, importTree } from '../../../test/support/importTree.ts';

const image = await anyImage();
const size = { width: 6, height: 4 };

const coco = (images: object[], annotations: object[] = []) =>
  JSON.stringify({
    images,
    annotations,
    categories: [
      { id: 1, name: 'scratch' },
      { id: 2, name: '../dent' },
    ],
  });

const square = [[1, 1, 3, 1, 3, 3, 1, 3]];

describe('the reader of COCO', () => {
  it('draws polygons, run lengths of both forms, crowds and boxes', async () => {
    const names = ['polygon', 'runs', 'packed', 'box', 'two', 'normal'];
    const images = names.map((name, id) => ({ id, file_name: `${name}.png`, ...size }));
    const { report, written, mask } = await importTree({
      ...Object.fromEntries(names.map((name) => [`images/${name}.png`, image])),
      'annotations/instances_all.json': coco(images, [
        { image_id: 0, category_id: 1, segmentation: square },
        // Column 1, rows 1 and 2: five zeros, two ones, the rest.
        {
          image_id: 1,
          category_id: 1,
          iscrowd: 1,
          segmentation: { size: [4, 6], counts: [5, 2, 17] },
        },
        // a = np.zeros((4, 6), np.uint8, order='F'); a[1:3, 1:3] = 1
        // pycocotools.mask.encode(a)['counts'] is b'5220;'
        { image_id: 2, category_id: 1, segmentation: { size: [4, 6], counts: '5220;' } },
        { image_id: 3, category_id: 1, bbox: [0, 0, 2, 1], segmentation: [] },
        { image_id: 4, category_id: 1, segmentation: square },
        { image_id: 4, category_id: 2, segmentation: [[4, 0, 6, 0, 6, 1, 4, 1]] },
      ]),
    });
    expect(report.format).toBe('coco');
    const category = report.counts[0]!.category;
    const drawn = (type: string, name: string) =>
      mask(`${category}/ground_truth/${type}/${name}_mask.png`);
    expect(await drawn('scratch', 'polygon')).toEqual(['......', '.##...', '.##...', '......']);
    expect(await drawn('scratch', 'runs')).toEqual(['......', '.#....', '.#....', '......']);
    expect(await drawn('scratch', 'packed')).toEqual(['......', '.##...', '.##...', '......']);
    expect(await drawn('scratch', 'box')).toEqual(['##....', '......', '......', '......']);
    expect(await drawn('combined', 'two')).toEqual(['....##', '.##...', '.##...', '......']);
    expect(written).toContain(`${category}/train/good/normal.png`);
  });

  it('takes parts from the names of files, and defects of any part to test on', async () => {
    const { report, written, remarks } = await importTree({
      'train/a.png': image,
      'train/b.png': image,
      'val/a.png': image,
      'val/c.png': image,
      'annotations/instances_train.json': coco(
        [
          { id: 1, file_name: 'a.png', ...size },
          { id: 2, file_name: 'b.png', ...size },
          { id: 3, file_name: 'gone.png', ...size },
        ],
        [{ image_id: 2, category_id: 2, segmentation: square }],
      ),
      'annotations/instances_val.json': coco([{ id: 1, file_name: 'a.png', width: 12, height: 8 }]),
    });
    const category = report.counts[0]!.category;
    expect(written.map((file) => file.slice(category.length + 1))).toEqual([
      'ground_truth/__dent/b_mask.png',
      'test/__dent/b.png',
      'test/good/a.png',
      'train/good/a.png',
    ]);
    expect(remarks).toEqual([
      'image-without-annotation val/c.png',
      'annotation-without-image annotations/instances_train.json: gone.png',
    ]);
  });

  it('leaves out a mask that was drawn on another size', async () => {
    const images = [{ id: 1, file_name: 'a.png', width: 12, height: 8 }];
    const annotations = [{ image_id: 1, category_id: 1, segmentation: square }];
    const files = { 'a.png': image, 'coco.json': coco(images, annotations) };
    expect((await importTree(files)).remarks).toContain('sizes-differ a.png');
  });

  it.each(['../a.png', '/etc/passwd', 'x/../../a.png', 'C:\\a.png'])('refuses %j', async (name) => {
    const images = [{ id: 1, file_name: name, ...size }];
    const files = { 'a.png': image, 'coco.json': coco(images) };
    await expect(importTree(files)).rejects.toThrow('outside of the data set');
  });

  it.each([
    ['lengths that do not add up', { size: [4, 6], counts: [5, 2] }, 'do not add up'],
    ['lengths of another size', { size: [2, 2], counts: [4] }, 'lengths of 2 x 2'],
    ['something else', 'x', 'annotations.0.segmentation'],
  ])('refuses %s', async (_, segmentation, message) => {
    const images = [{ id: 1, file_name: 'a.png', ...size }];
    const annotations = [{ image_id: 1, category_id: 1, segmentation }];
    const files = { 'a.png': image, 'coco.json': coco(images, annotations) };
    await expect(importTree(files)).rejects.toThrow(message);
  });
});
