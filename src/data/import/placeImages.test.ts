import { expect, it } from 'vitest';
import type { FoundImage } from './importFormat.ts';
import { placeImages } from './placeImages.ts';

const found = (stem: string, more: Partial<FoundImage> = {}): FoundImage => ({
  path: `/source/${stem}.PNG`,
  category: 'nut',
  phase: undefined,
  defectType: 'good',
  stem,
  ...more,
});

it('puts every fifth normal image aside to test on where the source does not', () => {
  const images = ['a', 'b', 'c', 'd', 'e', 'f'].map((stem) => found(stem));
  expect(placeImages(images).map(({ file }) => file)).toEqual([
    'nut/train/good/a.png',
    'nut/train/good/b.png',
    'nut/train/good/c.png',
    'nut/train/good/d.png',
    'nut/test/good/e.png',
    'nut/train/good/f.png',
  ]);
});

it('keeps names apart without their extensions and in any case', () => {
  const images = [found('x'), found('X'), found('x/y'), found('x_y', { path: '/source/q.jpg' })];
  expect(placeImages(images).map(({ file }) => file.slice('nut/train/good/'.length))).toEqual([
    'x.png',
    'X-2.png',
    'x_y.png',
    'x_y-2.jpg',
  ]);
});
