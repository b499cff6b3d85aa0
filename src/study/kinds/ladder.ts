/** `ladder`: what the pictures under all lamps regain, for one category and method. */
import { join } from 'node:path';
import type { JobContext, Kind } from '../../pipeline/kind.ts';
import { writeJson } from '../artifacts/binaryFile.ts';
import { ladderResult } from '../experiments/ladder.ts';
import { readLamp } from './adapt.ts';
import type { LadderOptions } from './jobOptions.ts';
import { RESULT } from './scenario.ts';
import { scenarioScores } from './scoredBy.ts';

export const ladderKind: Kind = {
  name: 'ladder',
  version: 3,
  async run({ options, inputs, folder }: JobContext<LadderOptions>) {
    const { category, method, seed, judge, pool, test, clean, lamps, pictures } = options;
    const before = await scenarioScores(inputs, clean, pool, test, seed);
    const scores = {
      cleanPool: before.validation.scores[0]!,
      cleanTest: before.test,
      cleanPixel: before.pixel[0]!,
      lamps: await Promise.all(lamps.map((job) => readLamp(inputs[job]!, test))),
    };
    const settings = { category, seeds: [seed], ...judge };
    const result = ladderResult({ category, method, seed }, scores, pictures, settings);
    await writeJson(join(folder, RESULT), result);
  },
};
