/** What is answered about a model. */
import { thresholdBand } from '../calibration/thresholdBand.ts';
import { bandRandom } from '../inspection/judge/imageJudge.ts';
import type { ServedModel } from './models.ts';
import type { ModelDetails, ModelSummary } from './schemas.ts';

export function summariseModel(
  { name, sha256, bytes, modified, metadata }: ServedModel,
  mmPerPixel: number | undefined,
): ModelSummary {
  const { category, detector, backbone, map, preprocessing, calibration, createdBy } = metadata;
  const conformal =
    calibration.image.rule === 'f1-optimal' ? calibration.image.conformal : calibration.image;
  return {
    name,
    sha256,
    category,
    method: detector.method,
    backbone: backbone.name,
    size: { width: map.width, height: map.height },
    inputSize: preprocessing.crop,
    thresholds: { image: calibration.image.threshold, pixel: calibration.pixel.threshold },
    falsePositiveRate: {
      target: conformal.targetFpr,
      average: conformal.averageFpr,
      upper: conformal.upperFpr,
    },
    created: modified.toISOString(),
    createdBy,
    bytes,
    judges: { mmPerPixel: mmPerPixel ?? null },
  };
}

export function describeCalibration({ metadata }: ServedModel): ModelDetails['calibration'] {
  const { image, images, counts, statement } = metadata.calibration;
  return {
    rule: image.rule,
    statement,
    counts,
    band: thresholdBand(image, images, bandRandom(metadata)),
    heldOut: images.flatMap(({ label, score }) => (label === 'normal' ? [score] : [])),
    labelled: images.map(({ score, label, defectType }) => ({ score, label, defectType })),
  };
}
