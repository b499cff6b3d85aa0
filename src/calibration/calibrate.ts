import { inputError } from '../core/error.ts';
import { f1Optimal } from '../metrics/f1Optimal.ts';
import type { Calibration, CalibrationScore } from './calibration.ts';
import { conformalThreshold } from './conformalThreshold.ts';
import { describeCalibration } from './describeCalibration.ts';

const DEFAULT_FPR = 0.05;

/**
 * The thresholds of a detector. With labelled anomalies the image threshold is F1-optimal, else
 * split-conformal at `fpr`. The pixel threshold is always conformal at `fpr`, from the maxima of
 * the normal maps; so an `fpr` given together with anomalies still decides the pixel threshold
 * and the promise recorded beside the F1-optimal one.
 * @param scores images exchangeable with those to come; at least one normal
 * @param fpr the false positive rate in (0, 1). Left undefined it is `usualFpr`, or, with fewer
 * normal images than that takes (19 for 0.05), what their highest score promises. Given, it is
 * refused where there are too few.
 * @param setAside normal images that are not among the scores and count as above any threshold
 * @throws FlawmapError (input) naming the image whose score is not finite, without normal images,
 * or with too few for the fpr, saying how many it takes; (usage) for another fpr
 */
export function calibrate({
  scores,
  fpr,
  setAside = 0,
  usualFpr = DEFAULT_FPR,
}: {
  readonly scores: readonly CalibrationScore[];
  readonly fpr: number | undefined;
  readonly setAside?: number;
  readonly usualFpr?: number;
}): Calibration {
  for (const score of scores) checkFinite(score);
  const normals = scores.filter(({ label }) => label === 'normal');
  const counts = { normal: normals.length, anomalous: scores.length - normals.length };
  if (counts.normal === 0) throw withoutNormals(counts.anomalous);

  const target = fpr ?? usualFpr;
  const whenTooFew = fpr === undefined ? 'maximum' : 'refuse';
  const fromNormals = (values: number[]) =>
    conformalThreshold(values, target, whenTooFew, setAside);
  const conformal = fromNormals(normals.map(({ score }) => score));
  const pixel = fromNormals(normals.map(({ mapMaximum }) => mapMaximum));
  const optimum = f1Optimal(
    scores.map(({ score }) => score),
    scores.map(({ label }) => (label === 'anomalous' ? 1 : 0)),
  );
  const image: Calibration['image'] =
    optimum === null
      ? conformal
      : {
          rule: 'f1-optimal',
          threshold: optimum.threshold,
          f1: optimum.f1,
          prevalence: counts.anomalous / scores.length,
          conformal,
        };
  const thresholds = { image, pixel, counts };
  return { ...thresholds, statement: describeCalibration(thresholds) };
}

function checkFinite({ id, score, mapMaximum }: CalibrationScore): void {
  if (Number.isFinite(score) && Number.isFinite(mapMaximum)) return;
  throw inputError({
    what: `${id} cannot be calibrated on`,
    expected: 'a finite score and map',
    found: `score ${score}, map maximum ${mapMaximum}`,
    remedy: 'check the image and the backbone that gave this score',
  });
}

function withoutNormals(anomalous: number) {
  return inputError({
    what: 'there are no normal images to calibrate on',
    expected: 'at least one normal image',
    found: anomalous === 0 ? 'no images' : `${anomalous} images, all anomalous`,
    remedy: 'hold out or add good images that were not used for fitting',
  });
}
