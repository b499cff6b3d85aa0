import { describe, expect, test } from 'vitest';
import { ANALYSIS_PARTS } from '../src/result/analysis.ts';
import { pictureIndexSchema } from '../src/result/pictures.ts';
import { resultSchema } from '../src/result/result.ts';
import { reportInput } from './support/reportInput.ts';

describe('the result that tests of reports are written on', () => {
  const { result, pictures } = reportInput();

  test('is one that this version writes', () => {
    expect(resultSchema.parse(result)).toEqual(result);
  });

  test('has every experiment and every part of the analysis', () => {
    expect(Object.keys(result.experiments)).toEqual(
      Object.keys(resultSchema.shape.experiments.shape),
    );
    expect(Object.keys(result.analysis).sort()).toEqual([...ANALYSIS_PARTS].sort());
    expect(result.categories.map(({ name }) => name)).toEqual(['hazelnut', 'zipper']);
    expect(result.experiments.clean).toHaveLength(4);
  });

  test('comes with pictures of every test image, clean and shifted', () => {
    expect(pictureIndexSchema.parse(pictures)).toEqual(pictures);
    const tested = result.experiments.clean!.filter(({ method }) => method === 'padim');
    const images = tested.reduce((sum, { images }) => sum + images.length, 0);
    expect(pictures.pictures.filter(({ split }) => split === 'test')).toHaveLength(2 * images);
  });
});
