/** Scores of a model file's validation images, by the half of its own graph that scores. */
import type { InspectorGraph } from '../../detector/inspector/buildInspector.ts';
import type { CalibrationImage } from '../../detector/inspector/metadata.ts';
import { openScoringHalf } from '../../detector/inspector/scoringHalf.ts';
import { mapMaximum } from '../../image/mapMaximum.ts';
import { createProjection } from '../../inspection/describeImage.ts';
import type { JobContext } from '../../pipeline/kind.ts';
import { openFeatures } from '../features/openFeatures.ts';
import type { ModelOptions } from './jobOptions.ts';

/**
 * As `scoreCalibration` gives them, from features that were kept.
 * @param dimension of the embeddings
 */
export async function calibrationScores(
  context: JobContext<ModelOptions>,
  inspector: InspectorGraph,
  dimension: number,
): Promise<CalibrationImage[]> {
  const { method, network, seed, calibration } = context.options;
  await using half = await openScoringHalf(inspector, dimension);
  const project = createProjection(dimension, seed);
  const scored: CalibrationImage[] = [];
  for (const { category, images } of calibration) {
    // Images of a global model are of several categories, which their ids then name.
    const prefix = calibration.length > 1 ? `${category}/` : '';
    await using features = await openFeatures(context, {
      category,
      method,
      network,
      seeds: [seed],
    });
    const { output } = features.embeddingFor(seed);
    const step = 'scoring calibration images';
    for await (const image of features.images(images, step, context.control)) {
      const { id, label, defectType } = image.sample;
      const { sha256, photometry, conditions } = image.described!;
      const embedding = image.embeddings[output]!;
      const { score, map } = await half.judge(embedding);
      scored.push({
        id: `${prefix}${id}`,
        sha256,
        label,
        defectType,
        score,
        mapMaximum: mapMaximum(map),
        descriptor: { ...photometry, embedding: project(embedding) },
        conditions,
      });
    }
  }
  return scored;
}
