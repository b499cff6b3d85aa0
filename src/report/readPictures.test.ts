import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { NO_PICTURES } from '../../test/support/reportInput.ts';
import { makeTree } from '../../test/support/tree.ts';
import { PICTURES_FILE } from '../result/pictures.ts';
import { readPictures } from './readPictures.ts';

const WEBP = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
const PNG = Buffer.from('\x89PNG', 'latin1');

const picture = (image: string) => ({
  ...{ category: 'nut', condition: 'clean', split: 'test', id: image, label: 'anomalous' },
  ...{ defectType: 'cut', width: 9, height: 9, image, mask: `${image}-mask` },
  maps: [{ method: 'padim', file: `${image}-map` }],
});

const crop = { category: 'nut', method: 'padim', image: 'a', file: 'pictures/crop' };
const box = { x: 0, y: 0, width: 1, height: 1 };

const INDEX = {
  ...NO_PICTURES,
  pictures: [picture('pictures/a'), picture('pictures/b')],
  crops: [{ ...crop, box }],
};

const run = () =>
  makeTree({
    [PICTURES_FILE]: JSON.stringify(INDEX),
    ...Object.fromEntries(
      ['a', 'a-mask', 'a-map', 'b', 'b-mask', 'b-map', 'crop'].map((name) => [
        `pictures/${name}`,
        name.endsWith('map') ? PNG : WEBP,
      ]),
    ),
  });

describe('readPictures', () => {
  test('reads every picture that is listed', async () => {
    const { index, read, notes } = await readPictures(run());
    expect(index).toEqual(INDEX);
    expect(notes).toEqual([]);
    expect(read('pictures/a')).toEqual(WEBP);
    expect(read('pictures/b-map')).toEqual(PNG);
    expect(() => read('pictures/c')).toThrow('no picture of the run');
  });

  test('a run without pictures has none, and nothing is said of it', async () => {
    expect(await readPictures(makeTree({}))).toMatchObject({ index: NO_PICTURES, notes: [] });
  });

  test('leaves out what is lost, or is no picture, and says so', async () => {
    const root = run();
    rmSync(join(root, 'pictures/a'));
    writeFileSync(join(root, 'pictures/b-mask'), 'no picture');
    writeFileSync(join(root, 'pictures/b-map'), '');
    rmSync(join(root, 'pictures/crop'));
    const { index, notes } = await readPictures(root);
    expect(index).toEqual({
      ...INDEX,
      pictures: [{ ...INDEX.pictures[1], mask: null, maps: [] }],
      crops: [],
    });
    expect(notes).toEqual(["4 of the run's 7 picture files cannot be read and are left out."]);
  });

  test.each([
    ['broken', '{', 'JSON'],
    ['of another version', JSON.stringify({ ...INDEX, schemaVersion: 99 }), 'schemaVersion'],
  ])('says that a list is %s, and has no pictures', async (_, content, why) => {
    const { index, notes } = await readPictures(makeTree({ [PICTURES_FILE]: content }));
    expect(index).toEqual(NO_PICTURES);
    expect(notes).toEqual([expect.stringContaining(why)]);
  });

  test('never reads outside the run', async () => {
    const root = makeTree({
      'secret.png': PNG,
      [`run/${PICTURES_FILE}`]: JSON.stringify({
        ...INDEX,
        pictures: [picture('../secret.png'), picture(join('/', 'secret.png'))],
        crops: [],
      }),
    });
    expect((await readPictures(join(root, 'run'))).index.pictures).toEqual([]);
  });
});
