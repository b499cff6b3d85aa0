/** Which images a fit learns from, and which it calibrates on. */
import type { Category, Sample } from '../../data/dataset.ts';
import { excludeSamples, readExcludeList } from '../../data/excludeList.ts';
import { holdOut } from '../../data/holdOut.ts';
import { openCategory } from '../../data/openCategory.ts';
import { openLabelled } from '../../data/openLabelled.ts';

/** Share of the good training images that is held out to calibrate on. */
const HELD_OUT = 0.2;

export interface FitImages {
  readonly category: Category;
  /** Learnt from. */
  readonly training: readonly Sample[];
  /** Held-out good images, then the labelled ones of `--calibrate`. */
  readonly calibration: readonly Sample[];
}

export async function chooseFitImages(options: {
  readonly data: string;
  readonly category: string | undefined;
  readonly exclude: string | undefined;
  readonly calibrate: string | undefined;
  readonly seed: number;
}): Promise<FitImages> {
  const category = await openCategory(options.data, options.category);
  const good =
    options.exclude === undefined
      ? category.train
      : excludeSamples(category.train, await readExcludeList(options.exclude));
  const { kept, heldOut } = holdOut(good, HELD_OUT, options.seed);
  const labelled =
    options.calibrate === undefined ? [] : (await openLabelled(options.calibrate)).samples;
  return { category, training: kept, calibration: [...heldOut, ...labelled] };
}
