import type { Calibration } from './calibration.ts';
import { imagesNeededBeside } from './conformalRank.ts';
import type { ConformalThreshold } from './conformalThreshold.ts';
import { percent } from './percent.ts';

/** What an image threshold can and cannot promise, in two sentences of plain English. */
export function describeCalibration({ image, counts }: Omit<Calibration, 'statement'>): string {
  const promise =
    image.rule === 'f1-optimal'
      ? `Set for the highest F1 (${image.f1.toFixed(3)}) on ${counts.normal} normal and ` +
        `${counts.anomalous} anomalous images, so it suits a share of ` +
        `${percent(image.prevalence)} anomalous and promises no false positive rate; one ` +
        `${origin(image.conformal)} would be ${image.conformal.threshold.toPrecision(4)}: ` +
        rates(image.conformal)
      : `Set ${origin(image)}: ${rates(image)}`;
  return `${promise}. ${ASSUMPTION}`;
}

function origin({ rule, n, targetFpr, setAside = 0 }: ConformalThreshold): string {
  const images = setAside === 0 ? `n = ${n}` : `n = ${n}, ${setAside} set aside as above it`;
  return rule === 'maximum'
    ? `at the highest normal score (${images}; ${percent(targetFpr)} takes ${imagesNeededBeside(setAside, targetFpr)})`
    : `from the normal scores alone (${images})`;
}

function rates({ averageFpr, upperFpr }: ConformalThreshold): string {
  return (
    `at most ${percent(averageFpr)} of normal images will be above it on average, and at most ` +
    `${percent(upperFpr)} for this very set with 95% confidence`
  );
}

const ASSUMPTION =
  'That holds for images taken like these, a burst of the same part counting as one, and says ' +
  'nothing of how many flaws are found.';
