import { expect, it } from 'vitest';
import { uniqueStems } from './uniqueStems.ts';

it('gives every image a name of its own', () => {
  const stems = uniqueStems(['good/0.png', 'good/1.png', 'good/1.jpg', 'v1.2/2', 'bad/0.png']);
  expect(Object.fromEntries(stems)).toEqual({
    'good/0.png': 'good/0',
    'good/1.png': 'good/1.png',
    'good/1.jpg': 'good/1.jpg',
    'v1.2/2': 'v1.2/2',
    'bad/0.png': 'bad/0',
  });
});
