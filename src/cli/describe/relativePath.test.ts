import { join } from 'node:path';
import { expect, it } from 'vitest';
import { relativePath } from './relativePath.ts';

it.each([
  ['/work/a/b.png', '/work', join('a', 'b.png')],
  ['/work/a.png', '/work', 'a.png'],
  ['/work/..a.png', '/work', '..a.png'],
  ['/other/a.png', '/work', '/other/a.png'],
  ['/workshop/a.png', '/work', '/workshop/a.png'],
  ['/work', '/work', '/work'],
  ['/', '/work', '/'],
])('shows %s, seen from %s, as %s', (path, folder, expected) => {
  expect(relativePath(path, folder)).toBe(expected);
});
