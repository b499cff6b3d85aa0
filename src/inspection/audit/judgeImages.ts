/** Which images deserve a look, and the rules that say so. */
import type { Exposure } from '../../image/exposure.ts';
import { median, robustZ } from '../../stats/robust.ts';
import type { AuditReason } from './auditReport.ts';
import { NEAR } from './duplicates.ts';

const OUTLIER = 3.5;
/** Spread of logarithms assumed at least: 3.5 of it is 19%. */
const LEAST_LOG_SPREAD = 0.05;
/** Spread of mean luminance assumed at least, in grey levels. */
const LEAST_BRIGHTNESS_SPREAD = 2;
/** Share of burnt-out (or drowned) pixels beyond that of the middle image. */
const CLIPPED = 0.05;

export const AUDIT_RULES: Readonly<Record<string, string>> = {
  suspicious: `the logarithm of its score is over ${OUTLIER} robust standard deviations above the median`,
  blurred: `the logarithm of its sharpness is over ${OUTLIER} robust standard deviations below the median`,
  'over-exposed': `its share of pixels at 250 or more is over ${CLIPPED * 100} points above the median's`,
  'under-exposed': `its share of pixels at 5 or less is over ${CLIPPED * 100} points above the median's`,
  'other brightness': `its mean luminance is over ${OUTLIER} robust standard deviations from the median`,
  near: `closer than ${NEAR * 100}% of the usual distance to the most similar image`,
};

export interface Measured {
  readonly score: number;
  readonly sharpness: number;
  readonly exposure: Exposure;
}

/** For each image its robust z and the reasons to look at it. */
export function judgeImages(
  images: readonly Measured[],
): { readonly z: number; readonly reasons: readonly AuditReason[] }[] {
  const log = (value: number) => Math.log(Math.max(value, 1e-9));
  const z = robustZ(
    images.map(({ score }) => log(score)),
    LEAST_LOG_SPREAD,
  );
  const sharp = robustZ(
    images.map(({ sharpness }) => log(sharpness)),
    LEAST_LOG_SPREAD,
  );
  const light = robustZ(
    images.map(({ exposure }) => exposure.mean),
    LEAST_BRIGHTNESS_SPREAD,
  );
  const bright = median(images.map(({ exposure }) => exposure.bright));
  const dark = median(images.map(({ exposure }) => exposure.dark));
  return images.map(({ exposure }, i) => {
    const overExposed = exposure.bright > bright + CLIPPED;
    const underExposed = exposure.dark > dark + CLIPPED;
    const checks: [AuditReason, boolean][] = [
      ['suspicious', z[i]! > OUTLIER],
      ['blurred', sharp[i]! < -OUTLIER],
      ['over-exposed', overExposed],
      ['under-exposed', underExposed],
      ['other brightness', Math.abs(light[i]!) > OUTLIER && !overExposed && !underExposed],
    ];
    return { z: z[i]!, reasons: checks.filter(([, holds]) => holds).map(([reason]) => reason) };
  });
}
