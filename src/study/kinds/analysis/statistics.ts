/** `analysis-statistics`: all comparisons of a study as one family, and over categories. */
import { join } from 'node:path';
import type { JobContext, Kind } from '../../../pipeline/kind.ts';
import type { ComparedScenario } from '../../analysis/statistics/compareScenarios.ts';
import { macroDifference } from '../../analysis/statistics/macroDifference.ts';
import { statisticsResult } from '../../analysis/statistics/statisticsResult.ts';
import { writeJson } from '../../artifacts/binaryFile.ts';
import { RESULT } from '../scenario.ts';
import { findCompared, levelOf, readCompared, readScenario } from './compare.ts';
import type { StatisticsOptions } from './statisticsOptions.ts';

export const statisticsKind: Kind = {
  name: 'analysis-statistics',
  version: 1,
  async run({ options, inputs, folder }: JobContext<StatisticsOptions>) {
    const { judge, permutations, comparisons, leftOut, categories } = options;
    const level = levelOf(judge);
    const compared = [];
    for (const own of categories) compared.push(await readCompared(inputs[own.compared]!));
    // Read once, though several comparisons name it.
    const scenarios = new Map<string, ComparedScenario>();
    for (const { job } of categories.flatMap((own) => own.scenarios)) {
      scenarios.set(job, await readScenario(inputs[job]!));
    }
    const macro = comparisons.map((comparison) =>
      macroDifference(
        comparison,
        categories.map((own) => ({
          first: scenarios.get(findCompared(own.scenarios, comparison.first).job)!,
          second: scenarios.get(findCompared(own.scenarios, comparison.second).job)!,
        })),
        level,
      ),
    );
    const result = statisticsResult(
      {
        differences: compared.flatMap(({ differences }) => differences),
        macro,
        exchangeability: compared.flatMap(({ exchangeability }) => exchangeability),
        leftOut,
      },
      { level, resamples: judge.bootstrap, permutations },
    );
    await writeJson(join(folder, RESULT), result);
  },
};
