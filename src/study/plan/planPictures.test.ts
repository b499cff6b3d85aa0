import { describe, expect, test } from 'vitest';
import { studyInput } from '../../../test/support/studyInput.ts';
import type { MapsOptions, PhotographsOptions } from '../kinds/pictures/picturesOptions.ts';
import { planCategory } from './planCategory.ts';
import { planPictures } from './planPictures.ts';

const COUNT = { train: 30, val: 4, good: 3, flawed: 2 };

function planned(settings = '') {
  const input = studyInput(settings, { count: COUNT });
  return planPictures(input, planCategory(input, input.categories[0]!));
}

describe('planPictures', () => {
  test('shows all test images and a dozen of those learnt from, first and last among them', () => {
    const [clean] = planned();
    const { images, training, condition } = clean!.options as unknown as PhotographsOptions;
    expect([images.length, training, condition]).toEqual([12 + 5, 12, null]);
    expect(images[0]!.id).toBe('train/good/0.png');
    expect(images[11]!.id).toBe('train/good/29.png');
    expect(new Set(images.map(({ id }) => id)).size).toBe(17);
    expect(clean!.files).toHaveLength(17);
  });

  test('draws maps of the first seed’s clean model, in colours of clean validation images', () => {
    const jobs = planned('padim: { seeds: [5, 6] }\nanalysis: { run: [] }');
    expect(jobs.map(({ id }) => id)).toEqual(
      ['clean', 'shifted'].flatMap((on) =>
        ['photographs', 'patchcore', 'padim'].map((name) => `pictures/nut/${on}/${name}`),
      ),
    );
    const options = jobs.at(-1)!.options as unknown as MapsOptions;
    expect(options).toMatchObject({
      seed: 5,
      scores: 'score/nut/clean-model-on-shift/padim',
      clean: 'score/nut/clean-model-on-clean/padim',
      photographs: 'pictures/nut/shifted/photographs',
    });
    expect(options.normal).toHaveLength(4);
  });

  test('has crops where patches are explained', () => {
    const crops = planned().filter(({ kind }) => kind === 'crops');
    expect(crops.map(({ needs }) => needs)).toEqual([
      ['analysis/interpretability/nut/patchcore'],
      ['analysis/interpretability/nut/padim'],
    ]);
    expect(planned('analysis: { run: [errors] }').some(({ kind }) => kind === 'crops')).toBe(false);
  });
});
