import { expect, test } from 'vitest';
import { photographPng } from '../../test/support/photographs.ts';
import { filled, makeTree } from '../../test/support/tree.ts';
import { explore } from '../data/explore/explore.ts';
import { explorationSchema } from './exploration.ts';

test('is what explore finds, nothing of it lost, also where nothing can be read', async () => {
  const data = makeTree({
    'nut/train/good/000.png': await photographPng({ seed: 1 }),
    'nut/test/good/000.png': await photographPng({ seed: 2 }),
    'nut/test/cut/000.png': 'no image',
    ...filled(['nut/notes.txt']),
  });
  const found = await explore(data, 'nut');
  expect(found.categories[0]!.classes.at(-1)).toMatchObject({ brightness: null, images: 1 });
  expect(explorationSchema.parse(JSON.parse(JSON.stringify(found)))).toEqual(found);
});
