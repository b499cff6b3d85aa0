import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filled, makeTree } from '../../../test/support/tree.ts';
import { filesBelow, pathFrom, pathInside, safeName } from './sourceFiles.ts';

it('filesBelow lists files in order and does not walk in circles', async () => {
  const root = makeTree(filled(['b/x.png', 'a.json', '.hidden', 'b/c/y.png']));
  symlinkSync(root, join(root, 'b/round'));
  expect(await filesBelow(root)).toEqual(['a.json', 'b/x.png', 'b/c/y.png']);
});

const HOSTILE = ['../x.png', 'a/../../x.png', '/etc/passwd', 'C:\\x.png', '..\\x.png', 'a\0.png'];

describe('pathInside', () => {
  it.each(HOSTILE)('refuses %j', (name) => {
    expect(() => pathInside('/data', name, 'a.json')).toThrow('outside of the data set');
  });

  it('takes names with either slash', () => {
    expect(pathInside('/data', 'a\\b.png', 'a.json')).toBe('/data/a/b.png');
  });
});

describe('pathFrom', () => {
  it('may go up, but not out', () => {
    expect(pathFrom('/data/json', '/data', '..\\images\\x.png', 'f')).toBe('/data/images/x.png');
    for (const name of ['../../x.png', '../../data2/x.png', '/data/x.png', 'D:x.png']) {
      expect(() => pathFrom('/data/json', '/data', name, 'f'), name).toThrow('outside of the data');
    }
  });
});

it('safeName keeps letters of every language and nothing that a path is made of', () => {
  expect(safeName('Kratzer groß')).toBe('Kratzer_groß');
  expect(['..', '', '../a', '.x', 'a/b:c', 'ends.'].map(safeName)).toEqual([
    '_',
    '_',
    '__a',
    '_x',
    'a_b_c',
    'ends_',
  ]);
});
