import { describe, expect, it } from 'vitest';
import { textTable } from './textTable.ts';

describe('textTable', () => {
  it('aligns text to the left and numbers to the right, heading included', () => {
    const table = textTable(
      ['category', 'AUROC', 'images', 'share'],
      [
        ['bottle', 0.9, 83, '5%'],
        ['hazelnut_small', '0.984', 1200, '-'],
      ],
    );
    expect(table.split('\n')).toEqual([
      'category        AUROC  images  share',
      'bottle            0.9      83     5%',
      'hazelnut_small  0.984    1200      -',
    ]);
  });

  it('takes a column with one word in it as text, and leaves no space at line ends', () => {
    const table = textTable(
      ['a', 'size'],
      [
        ['x', '12'],
        ['y', 'none'],
      ],
    );
    expect(table.split('\n')).toEqual(['a  size', 'x  12', 'y  none']);
  });

  it('fills missing cells, and prints the headings of an empty table', () => {
    expect(textTable(['a', 'b', 'c'], [['x'], ['y', '', 1]])).toBe('a  b  c\nx\ny     1');
    expect(textTable(['name', 'score'], [])).toBe('name  score');
  });

  it('counts characters, not code units', () => {
    expect(
      textTable(
        ['n', 'v'],
        [
          ['🌰', 'x'],
          ['ab', 'y'],
        ],
      ),
    ).toBe('n   v\n🌰   x\nab  y');
  });
});
