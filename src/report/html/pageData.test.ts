import { expect, test } from 'vitest';
import { pageReport } from '../../../test/support/pageReport.ts';
import type { Block } from '../report.ts';
import { exploredSets, galleryPictures } from './pageData.ts';

const blocks = pageReport().chapters.flatMap((chapter) => chapter.blocks);
const blockOf = <Kind extends Block['kind']>(kind: Kind) =>
  blocks.find((block) => block.kind === kind) as Extract<Block, { kind: Kind }>;

test('scores are told apart by their class, and in order', () => {
  const [set] = exploredSets(blockOf('threshold').sets);
  expect(set).toMatchObject({
    method: 'PatchCore',
    normal: [0.1, 0.2, 0.3, 0.4, 0.7],
    anomalous: [0.5, 0.6, 0.8, 0.9, 1],
  });
  expect(set).not.toHaveProperty('scores');
});

test('pictures are numbers, each method has its own map', () => {
  const numbers = new Map<string, number>();
  const keep = (file: string) => numbers.set(file, numbers.get(file) ?? numbers.size).get(file)!;
  const [picture] = galleryPictures(blockOf('gallery').items, keep);
  expect([...numbers.keys()].slice(0, 3)).toEqual([
    'pictures/0.png',
    'pictures/mask.png',
    'pictures/map.png',
  ]);
  expect(picture).toMatchObject({ image: 0, mask: 1, anomalous: true, condition: 'clean' });
  expect(picture!.judgements.map(({ method, map }) => [method, map])).toEqual([
    ['PatchCore', 2],
    ['PaDiM', null],
  ]);
});
