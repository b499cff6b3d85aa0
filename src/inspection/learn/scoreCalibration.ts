/** Scores what was held out with the finished graph itself, step by step for its embeddings. */
import type { RunControl } from '../../core/progress.ts';
import { readAhead } from '../../core/readAhead.ts';
import type { Sample } from '../../data/dataset.ts';
import type { Steps } from '../../detector/inspector/buildInspector.ts';
import type { CalibrationImage, InspectorMetadata } from '../../detector/inspector/metadata.ts';
import { stageAsSeen } from '../../detector/tiling/openStagedInspector.ts';
import { mapMaximum } from '../../image/mapMaximum.ts';
import { imagingConditions } from '../conditions/imagingConditions.ts';
import { type Decoded, decodedSamples } from '../decodedSamples.ts';
import { createDescriber } from '../describeImage.ts';

/** What metadata will say of the graph. */
export interface GraphTraits {
  readonly steps: Steps;
  /** Of an inspector that looks at photographs tile by tile. */
  readonly tiling: InspectorMetadata['tiling'];
  /** Of the embeddings. */
  readonly dimension: number;
  readonly seed: number;
}

/** @param graphFile of the graph, which no metadata follow yet */
export async function scoreCalibration(
  graphFile: string,
  { steps, tiling, dimension, seed }: GraphTraits,
  samples: readonly Sample[],
  control: RunControl,
): Promise<CalibrationImage[]> {
  await using inspector = await stageAsSeen(graphFile, steps, tiling, { apart: true });
  const describe = createDescriber(dimension, seed);
  const score = async ({ sample, image, sha256 }: Decoded<Sample>): Promise<CalibrationImage> => {
    const inspecting = inspector.inspect(image);
    const conditions = imagingConditions(image);
    const { score, map, embedding } = await inspecting;
    const { id, label, defectType } = sample;
    const descriptor = describe(image, embedding);
    return {
      id,
      sha256,
      label,
      defectType,
      score,
      mapMaximum: mapMaximum(map),
      descriptor,
      conditions,
    };
  };
  const decoded = decodedSamples(samples, 'scoring calibration images', control);
  const scored: CalibrationImage[] = [];
  // One in the backbone, one in the search, one in between.
  for await (const image of readAhead(decoded, score, tiling ? 1 : 3)) scored.push(image);
  return scored;
}
