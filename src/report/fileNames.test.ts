import { describe, expect, test } from 'vitest';
import { createFileNames } from './fileNames.ts';

describe('createFileNames', () => {
  test.each([
    ['roc-bottle', 'roc-bottle'],
    ['a/b\\c:d', 'a-b-c-d'],
    ['../../etc', 'etc'],
    ['.hidden', 'hidden'],
    ['<script>"x"', 'script-x'],
    ['بندق é', 'بندق-é'],
    ['🌰', 'untitled'],
    ['x'.repeat(200), 'x'.repeat(60)],
  ])('%j becomes %s', (id, name) => {
    expect(createFileNames()(id)).toBe(name);
  });

  test('gives each name once, whatever its case', () => {
    const nameOf = createFileNames();
    expect(['Roc', 'roc', 'ROC', 'roc-2'].map(nameOf)).toEqual([
      'Roc',
      'roc-2',
      'ROC-3',
      'roc-2-2',
    ]);
  });
});
