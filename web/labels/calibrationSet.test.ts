import { expect, it } from 'vitest';
import { readZip } from '../../test/support/readZip.ts';
import type { Photo } from '../state/photo.ts';
import { calibrationSet, uniquePaths } from './calibrationSet.ts';

const photo = (name: string, label: Photo['label']): Photo => ({
  ...{ id: 1, name, label, address: '', state: { kind: 'waiting' } },
  file: new Blob([name]),
});

it('sorts the labelled photographs into good and flawed, as they were given', async () => {
  const photos = [photo('1.png', 'normal'), photo('2.png', undefined), photo('3.jpg', 'anomalous')];
  const archive = await calibrationSet(photos);
  const files = readZip(Buffer.from(await archive.arrayBuffer()));
  expect(files.map(({ path, data }) => [path, data.toString()])).toEqual([
    ['good/1.png', '1.png'],
    ['flawed/3.jpg', '3.jpg'],
  ]);
});

it('makes names that every system takes, and that stay within their folder', async () => {
  const photos = ['../../x.png', 'a:b?.png', '', '.hidden.png'].map((name) =>
    photo(name, 'normal'),
  );
  const archive = await calibrationSet(photos);
  const files = readZip(Buffer.from(await archive.arrayBuffer()));
  expect(files.map(({ path }) => path)).toEqual([
    'good/_.._x.png',
    'good/a_b_.png',
    'good/image.png',
    'good/hidden.png',
  ]);
});

it('tells photographs of one name apart, whatever their extension', () => {
  expect(uniquePaths(['good/a.png', 'good/A.jpg', 'flawed/a.png', 'good/a.png'])).toEqual([
    'good/a.png',
    'good/A-2.jpg',
    'flawed/a.png',
    'good/a-3.png',
  ]);
});
