import { describe, expect, it } from 'vitest';
import type { CategorySplit, SplitImage } from './split.ts';
import { splitLimitations } from './splitLimitations.ts';

/** `good` or a defect type, with `?` where an anomalous image has no mask. */
function split(train: string, val: string, test: string): CategorySplit {
  let count = 0;
  const imagesOf = (words: string): SplitImage[] =>
    words.split(' ').flatMap((word) => {
      if (word === '') return [];
      const defectType = word.replace('?', '');
      const id = `${count++}.png`;
      const label = defectType === 'good' ? 'normal' : 'anomalous';
      const isMasked = label === 'anomalous' && !word.endsWith('?');
      const mask = isMasked ? { id: `mask of ${id}`, sha256: '' } : null;
      return [{ id, sha256: '', label, defectType, mask }];
    });
  return { category: 'nut', train: imagesOf(train), val: imagesOf(val), test: imagesOf(test) };
}

describe('splitLimitations', () => {
  it('has nothing to say of a complete split', () => {
    expect(splitLimitations(split('good good', 'good hole', 'good hole'))).toEqual([]);
  });

  it.each([
    ['no anomalies', split('good good', 'good', 'good'), [/no anomalous images: there is no F1/]],
    [
      'one anomaly',
      split('good good', 'good', 'good hole'),
      [/a single anomalous image, which is/],
    ],
    [
      'no anomalies in val',
      split('good good', 'good', 'good hole hole'),
      [/^val of nut has no anomalous images: there is no F1-optimal threshold.$/],
    ],
    [
      'no anomalies in test',
      split('good good', 'good hole hole', 'good'),
      [/^All anomalous images of nut are in val: of the image metrics only the specificity/],
    ],
    [
      'no good test images',
      split('good good', 'good hole', 'hole'),
      [/no good test images: false/],
    ],
    [
      'defect types of one image',
      split('good good', 'good hole', 'good hole cut print'),
      [/^nut has a single image each of cut, print: it is tested on/],
    ],
    [
      'no masks',
      split('good good', 'good hole', 'good hole? cut? cut?'),
      [/^nut has no masks in test: there are no pixel metrics.$/],
    ],
    [
      'some masks, and several things at once',
      split('good good', 'good', 'hole? cut cut'),
      [
        /^val of nut has no anomalous/,
        /single image each of hole/,
        /no good test/,
        /^1 of 3 anomalous test images of nut have no mask: pixel metrics leave them out.$/,
      ],
    ],
  ])('states %s', (_, given, sentences) => {
    const limitations = splitLimitations(given);
    expect(limitations).toHaveLength(sentences.length);
    for (const [i, sentence] of sentences.entries()) expect(limitations[i]).toMatch(sentence);
  });

  it('does not mind masks that only val lacks', () => {
    expect(splitLimitations(split('good good', 'good hole?', 'good hole'))).toEqual([]);
  });
});
