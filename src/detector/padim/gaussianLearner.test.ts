import { expect, it } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { createGaussianLearner } from './gaussianLearner.ts';
import { addImages, createGaussians } from './gaussians.ts';

it('learns every image once, whenever it is asked', () => {
  const random = createRandom('learner');
  const images = Array.from({ length: 19 }, () =>
    Float32Array.from({ length: 6 }, () => random.normal()),
  );
  const learner = createGaussianLearner(2, 3);
  for (const [i, image] of images.entries()) {
    learner.learn(image);
    if (i === 4) expect(learner.finish().count).toBe(5);
  }
  const expected = createGaussians(2, 3);
  addImages(expected, images);
  const found = learner.finish();
  expect(found.count).toBe(19);
  expect(learner.finish().count).toBe(19);
  for (const part of ['mean', 'scatter'] as const) {
    for (const [i, value] of found[part].entries()) {
      expect(value).toBeCloseTo(expected[part][i]!, 12);
    }
  }
});
