/** Counts and tests as a reader's words. */
import { percent } from '../../../calibration/percent.ts';
import type { DefectGroup } from '../../../result/analysis/errors.ts';

/** `1 image`, `3 images`. */
export const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;

export const pText = (pValue: number): string =>
  pValue < 0.001 ? 'p < 0.001' : `p = ${Number(pValue.toPrecision(2))}`;

export const recallText = ({ found, images, interval }: DefectGroup): string =>
  `${found} of ${images} (${percent(interval.confidence)} interval ${percent(interval.low)} to ${percent(interval.high)})`;
