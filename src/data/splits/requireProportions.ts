/** The parts of a split have the sizes that were asked for. */
import { type FlawmapError, inputError } from '../../core/error.ts';
import { defectSizes } from './defectSizes.ts';
import type { CategorySplit, SplitShares } from './split.ts';

const ROUNDING = 1e-9;

/**
 * Among the normal images (without those of `test`), in every defect type, and among all anomalous
 * images but those of types with a single one, `val` has its share to within one image.
 * @throws FlawmapError (input) with both numbers
 */
export function requireProportions(split: CategorySplit, shares: SplitShares): void {
  const require = (what: string, share: number, found: number, all: number) => {
    if (Math.abs(found - share * all) > 1 + ROUNDING) {
      throw wrongShare(`${what} of ${split.category}`, share, found, all);
    }
  };
  const normals = split.val.filter(({ label }) => label === 'normal').length;
  require('good images', shares.validation, normals, normals + split.train.length);
  const validating = defectSizes(split.val);
  let total = 0;
  let taken = 0;
  for (const [type, size] of defectSizes([...split.val, ...split.test])) {
    const found = validating.get(type) ?? 0;
    require(`${type} images`, shares.anomalousValidation, found, size);
    if (size > 1) {
      total += size;
      taken += found;
    }
  }
  require('anomalous images', shares.anomalousValidation, taken, total);
}

function wrongShare(what: string, share: number, found: number, all: number): FlawmapError {
  return inputError({
    what: `the ${what} are not divided as asked`,
    expected: `a share of ${share} of ${all} in val: ${(share * all).toFixed(1)}, give or take one`,
    found: String(found),
    remedy: 'remove the file of the split to draw it again',
  });
}
