/** What cannot be split is refused before its images are read. */
import { type FlawmapError, inputError, usageError } from '../../core/error.ts';
import type { Sample } from '../dataset.ts';
import { apportion } from './apportion.ts';
import { defectSizes } from './defectSizes.ts';
import type { SplitOptions, SplitShares } from './split.ts';

/** A covariance (PaDiM) takes two images. */
const LEAST_TRAINING = 2;

/** @throws FlawmapError (usage) naming the option that is out of range */
export function requireSplitOptions({ seed, validation, anomalousValidation }: SplitOptions): void {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw outOfRange('the seed', 'a whole number of at least 0, such as 42', seed);
  }
  if (!(validation > 0 && validation < 1)) {
    const expected = 'between 0 and 1, such as 0.2';
    throw outOfRange('the share of training images for validation', expected, validation);
  }
  if (!(anomalousValidation >= 0 && anomalousValidation < 1)) {
    const expected = 'from 0 to below 1, such as 0.3';
    throw outOfRange('the share of anomalous images for validation', expected, anomalousValidation);
  }
}

/**
 * @param samples of one category
 * @throws FlawmapError (input) when fewer than two images would be left to fit on, or none to test
 */
export function requireSplittable(
  category: string,
  samples: readonly Pick<Sample, 'phase' | 'label' | 'defectType'>[],
  { validation, anomalousValidation }: SplitShares,
): void {
  const training = samples.filter(({ phase }) => phase === 'train').length;
  const validating = Math.max(1, Math.round(validation * training));
  if (training - validating < LEAST_TRAINING) throw tooFew(category, training, validation);
  const tests = samples.filter(({ phase }) => phase === 'test');
  if (tests.length === 0) throw nothingToTest(category, 'no test images');
  const taken = apportion(defectSizes(tests), anomalousValidation).values();
  if ([...taken].reduce((sum, count) => sum + count, 0) === tests.length) {
    const share = `a share of ${anomalousValidation} of ${tests.length} anomalous images, no good ones`;
    throw nothingToTest(category, share);
  }
}

const outOfRange = (what: string, expected: string, found: number): FlawmapError =>
  usageError({
    what: `${what} is out of range`,
    expected,
    found: String(found),
    remedy: 'choose another number',
  });

function tooFew(category: string, training: number, validation: number): FlawmapError {
  const images = training === 1 ? '1 training image' : `${training} training images`;
  return inputError({
    what: `${category} has too few good training images to split`,
    expected: `at least ${LEAST_TRAINING} to fit on and 1 for validation`,
    found: `${images}, with a share of ${validation} for validation`,
    remedy: 'add images of good products to train/good; some tens are the least that works well',
  });
}

function nothingToTest(category: string, found: string): FlawmapError {
  return inputError({
    what: `there is nothing to test ${category} on`,
    expected: 'images in test/good, and in a folder of test for each type of defect',
    found,
    remedy: 'add such images, or leave the category out',
  });
}
