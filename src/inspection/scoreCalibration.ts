/** Scores what was held out with the finished graph itself, step by step for its embeddings. */
import type { RunControl } from '../core/progress.ts';
import type { Sample } from '../data/dataset.ts';
import type { InspectorGraph } from '../detector/inspector/buildInspector.ts';
import type { CalibrationImage, InspectorMetadata } from '../detector/inspector/metadata.ts';
import { stageAsSeen } from '../detector/tiling/openStagedInspector.ts';
import { imagingConditions } from './conditions/imagingConditions.ts';
import { decodedSamples } from './decodedSamples.ts';
import { createDescriber } from './describeImage.ts';

/**
 * @param dimension of the embeddings
 * @param tiling of an inspector that looks at photographs tile by tile
 */
export async function scoreCalibration(
  { model, steps }: InspectorGraph,
  samples: readonly Sample[],
  dimension: number,
  seed: number,
  control: RunControl,
  tiling?: InspectorMetadata['tiling'],
): Promise<CalibrationImage[]> {
  await using inspector = await stageAsSeen(model, steps, tiling);
  const describe = createDescriber(dimension, seed);
  const scored: CalibrationImage[] = [];
  const decoded = decodedSamples(samples, 'scoring calibration images', control);
  for await (const { sample, image, sha256 } of decoded) {
    const { score, map, embedding } = await inspector.inspect(image);
    const { id, label, defectType } = sample;
    const mapMaximum = map.data.reduce((maximum, value) => Math.max(maximum, value));
    const descriptor = describe(image, embedding);
    const conditions = imagingConditions(image);
    scored.push({ id, sha256, label, defectType, score, mapMaximum, descriptor, conditions });
  }
  return scored;
}
