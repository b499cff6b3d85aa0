import { expect, test } from 'vitest';
import { createRandom } from '../../../core/random.ts';
import type { ImageRef } from '../../images.ts';
import { chooseDrawn, chooseExplained } from './chooseImages.ts';

const image = (id: string): ImageRef => ({
  id,
  label: id.startsWith('n') ? 'normal' : 'anomalous',
  defectType: id.startsWith('n') ? 'good' : 'crack',
  mask: id.startsWith('m') ? `mask/${id}` : null,
});
const images = ['n1', 'n2', 'n3', 'n4', 'n5', 'a1', 'a2', 'm1', 'm2'].map(image);

test('explains the highest scores, and normal images from the highest to the lowest', () => {
  const scores = [1, 9, 3, 4, 5, 8, 7, 6, 6];
  const chosen = chooseExplained(images, scores, { explained: 3, comparison: 3 });
  const named = chosen.map((one) => `${one.image.id} ${one.role} ${one.score}`);
  expect(named).toEqual([
    'n2 anomalous 9',
    'a1 anomalous 8',
    'a2 anomalous 7',
    'n5 comparison 5',
    'n3 comparison 3',
    'n1 comparison 1',
  ]);
});

test('of equal scores the first is higher; asks for no more than there is', () => {
  const scores = new Array(9).fill(1);
  const ids = (explained: number, comparison: number) =>
    chooseExplained(images, scores, { explained, comparison }).map((one) => one.image.id);
  expect(ids(2, 1)).toEqual(['n1', 'n2', 'n3']);
  expect(ids(50, 5)).toHaveLength(9);
  expect(chooseExplained([], [], { explained: 3, comparison: 1 })).toEqual([]);
});

test('draws half of the images from normal ones, and masked defects first', () => {
  const drawn = chooseDrawn(images, 4, createRandom(3));
  expect(drawn.filter(({ label }) => label === 'normal')).toHaveLength(2);
  expect(drawn.flatMap(({ id, label }) => (label === 'normal' ? [] : [id])).sort()).toEqual([
    'm1',
    'm2',
  ]);
});

test('fills the places of a kind that has too few', () => {
  const only = images.slice(0, 5);
  expect(chooseDrawn(only, 4, createRandom(3))).toHaveLength(4);
  const few = [image('n1'), ...images.slice(5)];
  expect(
    chooseDrawn(few, 4, createRandom(3)).filter(({ label }) => label === 'anomalous'),
  ).toHaveLength(3);
  expect(chooseDrawn(images, 40, createRandom(3))).toHaveLength(9);
});
