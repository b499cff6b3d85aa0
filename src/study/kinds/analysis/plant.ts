/** `analysis-plant`: a model's day in the plant, on clean and shifted images. */
import { join } from 'node:path';
import type { PartScores } from '../../../calibration/partScores.ts';
import type { ProductionLine } from '../../../calibration/plant/productionLine.ts';
import type { JobContext, Kind } from '../../../pipeline/kind.ts';
import { plantResult } from '../../analysis/plant/plantResult.ts';
import { writeJson } from '../../artifacts/binaryFile.ts';
import { readScores } from '../../artifacts/scores.ts';
import type { ImageRef } from '../../images.ts';
import { RESULT } from '../scenario.ts';
import type { CleanAndShifted } from './cleanAndShifted.ts';

export interface PlantOptions extends CleanAndShifted {
  readonly line: ProductionLine;
  readonly confidence: number;
  /** What the study's own normal-only thresholds aim at. */
  readonly fpr: number;
}

export const plantKind: Kind = {
  name: 'analysis-plant',
  version: 1,
  async run({ options, inputs, folder }: JobContext<PlantOptions>) {
    const { category, method, seed } = options;
    const clean = await conditionScores(inputs[options.clean]!, options);
    const shifted = await conditionScores(inputs[options.shifted]!, options);
    const result = plantResult(
      { category, method, seed },
      {
        clean,
        'shift-none': { validation: clean.validation, test: shifted.test },
        'shift-threshold': shifted,
      },
      options,
    );
    await writeJson(join(folder, RESULT), result);
  },
};

async function conditionScores(folder: string, { seed, validation, test }: PlantOptions) {
  const { seeds, images } = await readScores(folder);
  const run = seeds.indexOf(seed);
  const scoreOf = new Map(images.map(({ id, scores }) => [id, scores[run]!]));
  const scored = <P extends 'validation' | 'test'>(
    part: P,
    refs: readonly ImageRef[],
  ): PartScores<P> => ({
    part,
    scores: refs.map(({ id }) => scoreOf.get(id)!),
    labels: refs.map(({ label }) => (label === 'anomalous' ? 1 : 0)),
  });
  return { validation: scored('validation', validation), test: scored('test', test) };
}
