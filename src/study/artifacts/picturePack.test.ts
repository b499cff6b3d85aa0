import { expect, test } from 'vitest';
import { makeTree } from '../../../test/support/tree.ts';
import { createPack, readPack } from './picturePack.ts';

test('a pack gives back what was put in, wherever it lies', async () => {
  const folder = makeTree({});
  const pack = createPack();
  const pictures = [Buffer.from('first'), Buffer.from(''), Buffer.from('third one')];
  const slices = pictures.map((picture) => pack.add(picture));
  await pack.write(folder);
  const read = await readPack(folder);
  expect(slices.map((slice) => Buffer.from(read(slice)).toString())).toEqual([
    'first',
    '',
    'third one',
  ]);
});
