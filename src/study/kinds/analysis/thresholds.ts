/** `analysis-thresholds`: threshold rules on what a model made of clean and shifted images. */
import { join } from 'node:path';
import type { LineCosts } from '../../../calibration/costThreshold.ts';
import type { ZoneGrid } from '../../../calibration/zoneScores.ts';
import type { JobContext, Kind } from '../../../pipeline/kind.ts';
import { type ImageScores, imageScores } from '../../analysis/thresholds/imageScores.ts';
import { thresholdAnalysis } from '../../analysis/thresholds/thresholdAnalysis.ts';
import { writeJson } from '../../artifacts/binaryFile.ts';
import { readDistances, readScores } from '../../artifacts/scores.ts';
import type { ImageRef } from '../../images.ts';
import type { JudgeOptions } from '../jobOptions.ts';
import { RESULT } from '../scenario.ts';
import type { CleanAndShifted } from './cleanAndShifted.ts';

export interface ThresholdsOptions extends CleanAndShifted {
  readonly judge: JudgeOptions;
  readonly zones: ZoneGrid;
  readonly bins: number;
  readonly costs: LineCosts;
}

/** Draws for what chance alone gives. */
const DRAWS = 500;

export const thresholdsKind: Kind = {
  name: 'analysis-thresholds',
  version: 1,
  async run({ options, inputs, folder }: JobContext<ThresholdsOptions>) {
    const { category, method, seed, judge, bins, costs } = options;
    const scores = {
      clean: await conditionScores(inputs[options.clean]!, options),
      shifted: await conditionScores(inputs[options.shifted]!, options),
    };
    const { fpr, confidence } = judge;
    const settings = { fpr, confidence, costs, bins, draws: DRAWS, seed: judge.seed };
    const result = thresholdAnalysis({ category, method, seed }, scores, settings);
    await writeJson(join(folder, RESULT), result);
  },
};

async function conditionScores(
  folder: string,
  { seed, validation, test, zones }: ThresholdsOptions,
): Promise<{ validation: ImageScores<'validation'>; test: ImageScores<'test'> }> {
  const { grid, seeds, images } = await readScores(folder);
  const distances = await readDistances(folder, seed);
  const places = new Map(images.map(({ id }, place) => [id, place]));
  const patches = grid[0] * grid[1];
  const run = seeds.indexOf(seed);
  const scored = (refs: readonly ImageRef[]) =>
    refs.map(({ id, label }) => {
      const place = places.get(id)!;
      return {
        label: label === 'anomalous' ? (1 as const) : (0 as const),
        score: images[place]!.scores[run]!,
        distances: distances.subarray(place * patches, (place + 1) * patches),
      };
    });
  return {
    validation: imageScores('validation', scored(validation), grid, zones),
    test: imageScores('test', scored(test), grid, zones),
  };
}
