import { expect, test } from 'vitest';
import type { Picture } from '../../../result/pictures.ts';
import { chooseExamples, exampleTabs } from './examplePictures.ts';

const picture = (id: string, mask: string | null = null): Picture => ({
  category: 'nut',
  condition: 'clean',
  split: id.startsWith('train') ? 'train' : 'test',
  id,
  label: id.includes('good') ? 'normal' : 'anomalous',
  defectType: id.split('/')[1]!,
  width: 10,
  height: 10,
  image: `${id}.webp`,
  mask,
  maps: [],
});

const GOOD = ['train/good/0', 'train/good/1', 'train/good/2', 'train/good/3', 'test/good/0'];

test('chooseExamples takes good training images, and of each defect those with masks first', () => {
  const chosen = chooseExamples([
    ...GOOD.map((id) => picture(id)),
    picture('test/cut/0'),
    picture('test/cut/1', 'mask'),
    picture('test/cut/2', 'mask'),
    picture('test/hole/0'),
  ]);
  expect(chosen.map(({ id }) => id)).toEqual([
    'train/good/0',
    'train/good/1',
    'train/good/2',
    'test/cut/1',
    'test/cut/2',
    'test/hole/0',
  ]);
  expect(chooseExamples([picture('test/good/0')]).map(({ id }) => id)).toEqual(['test/good/0']);
});

test('exampleTabs has a tab for each category with clean pictures', () => {
  const category = (name: string) => ({ name, classes: [], defectTypes: [], explored: null });
  const shifted = { ...picture('test/cut/0'), category: 'bolt', condition: 'shifted' as const };
  const index = {
    schemaVersion: 1 as const,
    pictures: [picture('test/cut/0', 'mask'), shifted],
    scales: [],
    crops: [],
    leftOut: {},
  };
  const [tabs] = exampleTabs([category('bolt'), category('nut')], index);
  expect(tabs).toMatchObject({
    kind: 'tabs',
    tabs: [{ title: 'nut', blocks: [{ kind: 'pictures' }] }],
  });
  expect(exampleTabs([category('bolt')], index)).toEqual([]);
});
