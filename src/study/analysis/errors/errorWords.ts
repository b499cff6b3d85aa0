/** Tests and recalls as a reader's words. */
import { percent } from '../../../calibration/percent.ts';
import type { DefectGroup } from '../../../result/analysis/errors.ts';

export const pText = (pValue: number): string =>
  pValue < 0.001 ? 'p < 0.001' : `p = ${Number(pValue.toPrecision(2))}`;

export const recallText = ({ found, images, interval }: DefectGroup): string =>
  `${found} of ${images} (${percent(interval.confidence)} interval ${percent(interval.low)} to ${percent(interval.high)})`;
