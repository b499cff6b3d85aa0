/** `clean`, `shift-none`, `shift-threshold`, `shift-full`: one category and method. */
import { join } from 'node:path';
import type { JobContext, Kind } from '../../pipeline/kind.ts';
import { writeJson } from '../artifacts/binaryFile.ts';
import { writeSamples } from '../artifacts/samples.ts';
import { scenarioResult } from '../experiments/scenario.ts';
import type { ScenarioOptions, ScoredBy } from './jobOptions.ts';
import { scenarioScores } from './scoredBy.ts';

/** The part of the result that an experiment's job leaves. */
export const RESULT = 'result.json';
/** Beside it, what was measured of the machine: need not be the same everywhere. */
export const MEASURED = 'measured.json';

export const scenarioKind: Kind = {
  name: 'scenario',
  version: 5,
  async run({ options, inputs, folder }: JobContext<ScenarioOptions>) {
    const { category, method, scenario, seeds, judge, validation, test } = options;
    const read = (by: ScoredBy) => scenarioScores(inputs, by, validation, test);
    const { document, ...scores } = await read(options.scored);
    const clean = options.clean && (await read(options.clean));
    const none = options.none && (await read(options.none));
    const { result, samples } = scenarioResult(
      { category, method, scenario },
      scores,
      clean === null ? undefined : { clean, ...(none !== null && { none }) },
      { category, seeds, ...judge },
      { pixelImages: document.pixelImages, withoutMask: document.withoutMask },
    );
    await writeJson(join(folder, RESULT), result);
    await writeSamples(folder, samples);
  },
};
