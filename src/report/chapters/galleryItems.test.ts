import { expect, it } from 'vitest';
import { NO_PICTURES, reportPictures, reportResult } from '../../../test/support/reportInput.ts';
import { runWith, scenarioWith } from '../../../test/support/scenarioWith.ts';
import { gallery } from './galleryItems.ts';

const clean = scenarioWith();
const shifted = scenarioWith({ scenario: 'shift-none', runs: [runWith(42, 1.5)] });
const result = {
  ...reportResult({ experiments: { clean: [clean], shift_no_adaptation: [shifted] } }),
  categories: [{ ...reportResult().categories[0]!, name: 'nut' }],
};
const pictures = { ...reportPictures({ ...result, analysis: {} }), leftOut: { nut: 3 } };

it('judges pictures by the scenario of their condition', () => {
  const [block, colours, note] = gallery({ result, pictures });
  const items = block?.kind === 'gallery' ? block.items : [];
  // Four test images under two conditions; training images are not judged.
  expect(items).toHaveLength(8);
  const outcomes = (condition: string) =>
    items
      .filter(({ picture }) => picture.condition === condition)
      .map(({ judgements }) => judgements[0]?.outcome);
  expect(outcomes('clean')).toEqual(['tn', 'tn', 'tp', 'tp']);
  expect(outcomes('shifted')).toEqual(['tn', 'fp', 'tp', 'tp']);
  expect(colours).toMatchObject({ text: expect.stringContaining('red the pixel threshold') });
  expect(note).toMatchObject({ tone: 'note', text: expect.stringMatching(/^3 test images /) });
});

it('is left out without pictures', () => {
  expect(gallery({ result, pictures: NO_PICTURES })).toEqual([]);
});
