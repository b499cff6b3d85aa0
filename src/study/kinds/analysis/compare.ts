/** `compare`: the scenarios of one category on their test images, two at a time. */
import { join } from 'node:path';
import { createRandom } from '../../../core/random.ts';
import type { JobContext, Kind } from '../../../pipeline/kind.ts';
import type { Exchangeability, UnadjustedDifference } from '../../../result/analysis/statistics.ts';
import type { ScenarioResult } from '../../../result/scenario.ts';
import {
  type ComparedScenario,
  compareScenarios,
} from '../../analysis/statistics/compareScenarios.ts';
import { isIn, keyOf } from '../../analysis/statistics/comparisons.ts';
import { exchangeability } from '../../analysis/statistics/exchangeability.ts';
import { readJson, writeJson } from '../../artifacts/binaryFile.ts';
import { readSamples } from '../../artifacts/samples.ts';
import type { JudgeOptions } from '../jobOptions.ts';
import { RESULT } from '../scenario.ts';
import { scoredImages } from '../scoredBy.ts';
import type { ComparedJob, CompareOptions } from './statisticsOptions.ts';

/** Of significance: what intervals leave out. */
export const levelOf = ({ confidence }: Pick<JudgeOptions, 'confidence'>): number =>
  Number((1 - confidence).toFixed(9));

const COMPARED = 'compared.json';

export interface ComparedDocument {
  readonly differences: readonly UnadjustedDifference[];
  readonly exchangeability: readonly Omit<Exchangeability, 'adjusted'>[];
}

export const readCompared = (folder: string): Promise<ComparedDocument> =>
  readJson(join(folder, COMPARED));

export async function readScenario(folder: string): Promise<ComparedScenario> {
  return {
    result: await readJson<ScenarioResult>(join(folder, RESULT)),
    samples: await readSamples(folder),
  };
}

export const findCompared = <T extends Pick<ComparedJob, 'scenario' | 'method'>>(
  all: readonly T[],
  { scenario, method }: Pick<ComparedJob, 'scenario' | 'method'>,
): T => all.find((own) => own.scenario === scenario && own.method === method)!;

export const compareKind: Kind = {
  name: 'compare',
  version: 1,
  async run({ options, inputs, folder, control }: JobContext<CompareOptions>) {
    const { category, judge, permutations, comparisons, family } = options;
    const level = levelOf(judge);
    const scenarios = await Promise.all(
      options.scenarios.map(async ({ scenario, method, job }) => ({
        scenario,
        method,
        read: await readScenario(inputs[job]!),
      })),
    );
    const random = createRandom(judge.seed).fork('comparisons').fork(category);
    const differences: UnadjustedDifference[] = [];
    for (const comparison of comparisons) {
      control.signal?.throwIfAborted();
      const [first, second] = [comparison.first, comparison.second].map(
        (side) => findCompared(scenarios, side).read,
      );
      differences.push(
        compareScenarios(comparison, first!, second!, isIn(family, comparison), {
          level,
          permutations,
          random: random.fork(keyOf(comparison)),
        }),
      );
    }
    const exchanged = await Promise.all(
      options.scenarios.map(async ({ scenario, method, validation, test }) =>
        exchangeability(
          { category, method, scenario },
          await scoredImages(inputs[validation]!, options.validation),
          await scoredImages(inputs[test]!, options.test),
          level,
        ),
      ),
    );
    const document: ComparedDocument = { differences, exchangeability: exchanged };
    await writeJson(join(folder, COMPARED), document);
  },
};
