/** `analysis-ablation`: what each choice is worth, for one category and method. */
import { join } from 'node:path';
import type { JobContext, Kind } from '../../../pipeline/kind.ts';
import { ablationResult, type LevelScores } from '../../analysis/ablation/ablationResult.ts';
import { writeJson } from '../../artifacts/binaryFile.ts';
import { MEASURED, RESULT } from '../scenario.ts';
import { readTimes, readVariants } from './ablationFile.ts';
import type { AblationLevelOptions, AblationOptions } from './ablationOptions.ts';

export const ablationKind: Kind = {
  name: 'analysis-ablation',
  version: 4,
  async run({ options, inputs, folder }: JobContext<AblationOptions>) {
    const { category, method, seed, judge, validation, test, base, factors } = options;
    const levelOf = async (level: AblationLevelOptions): Promise<LevelScores> => {
      const { label, base: isBase, job, variant, score } = level;
      const { variants } = await readVariants(inputs[job]!);
      const { scores, bankRows, dimension } = variants.find(({ id }) => id === variant)!;
      const own = scores[score]!;
      return {
        label,
        base: isBase,
        bankRows,
        dimension,
        validation: own.slice(0, validation.length),
        test: own.slice(validation.length),
      };
    };
    const { grid } = await readVariants(inputs[base.job]!);
    const read = [];
    for (const { factor, levels } of factors) {
      read.push({ factor, levels: await Promise.all(levels.map(levelOf)) });
    }
    const result = ablationResult(
      { category, method, seed },
      { grid, validation, test, base: await levelOf(base), factors: read },
      [...options.leftOut],
      options.layers,
      { category, seeds: [seed], ...judge },
    );
    await writeJson(join(folder, RESULT), result);
    await writeJson(join(folder, MEASURED), { category, method, levels: await timesOf() });

    async function timesOf() {
      const times = [];
      for (const { factor, levels } of factors) {
        for (const { label, job, variant } of levels) {
          const found = await readTimes(inputs[job]!);
          const { id: _, ...own } = found.find(({ id }) => id === variant)!;
          times.push({ factor, label, ...own });
        }
      }
      return times;
    }
  },
};
