/** `analysis-drift`: the trial of the drift test on one category. */
import { join } from 'node:path';
import type { JobContext, Kind } from '../../../pipeline/kind.ts';
import type { Method } from '../../../result/scenario.ts';
import { quantile } from '../../../stats/percentileInterval.ts';
import type { BurstImages } from '../../analysis/drift/bursts.ts';
import { driftResult } from '../../analysis/drift/driftResult.ts';
import type { Images } from '../../analysis/drift/watch.ts';
import { writeJson } from '../../artifacts/binaryFile.ts';
import { readDistances, readScores } from '../../artifacts/scores.ts';
import { RESULT } from '../scenario.ts';
import { readConditions } from './driftConditions.ts';

export interface DriftOptions {
  readonly category: string;
  readonly falseAlarm: number;
  readonly streams: number;
  readonly confidence: number;
  readonly seed: number;
  /** Ids of images as they are. */
  readonly reference: readonly string[];
  readonly test: readonly string[];
  readonly defects: readonly string[];
  /** The job that measured them. */
  readonly clean: string;
  /** Jobs that measured some of them under lamps; levels from the lowest up. */
  readonly changes: readonly {
    readonly preset: string;
    readonly level: string;
    readonly job: string;
  }[];
  /** Jobs that scored the clean images. */
  readonly scores: readonly {
    readonly method: Method;
    readonly seed: number;
    readonly job: string;
  }[];
}

export const driftKind: Kind = {
  name: 'analysis-drift',
  version: 3,
  async run({ options, inputs, folder }: JobContext<DriftOptions>) {
    const { reference, test, defects, clean, changes, scores, ...settings } = options;
    const measured = (await readConditions(inputs[clean]!)).lamps[0]!.images;
    const byId = new Map(measured.map(({ id, conditions }) => [id, conditions]));
    const imagesOf = (ids: readonly string[]): Images => ids.map((id) => byId.get(id)!);
    const others: BurstImages[] = [];
    for (const { method, seed, job } of scores) {
      others.push(...(await otherStatistics(inputs[job]!, method, seed, options)));
    }
    const result = driftResult({
      ...settings,
      reference: imagesOf(reference),
      test: imagesOf(test),
      defects: imagesOf(defects),
      changes: await Promise.all(
        changes.map(async ({ preset, level, job }) => {
          const { lamps } = await readConditions(inputs[job]!);
          return {
            preset,
            level,
            lamps: lamps.map(({ shift, images }) => ({
              shift,
              images: images.map(({ conditions }) => conditions),
            })),
          };
        }),
      ),
      others,
    });
    await writeJson(join(folder, RESULT), result);
  },
};

/** What a test of scores, or of the distances of patches that look normal, would watch. */
async function otherStatistics(
  folder: string,
  method: Method,
  seed: number,
  { reference, test, defects }: DriftOptions,
): Promise<BurstImages[]> {
  const { grid, seeds, images } = await readScores(folder);
  const distances = await readDistances(folder, seed);
  const patches = grid[0] * grid[1];
  const run = seeds.indexOf(seed);
  const found = new Map(
    images.map(({ id, scores }, place) => {
      const own = distances.slice(place * patches, (place + 1) * patches);
      const distance = quantile(Float64Array.from(own).sort(), 0.25);
      return [id, { score: scores[run]!, distance }];
    }),
  );
  return (['score', 'distance'] as const).map((statistic) => {
    const imagesOf = (ids: readonly string[]): Images =>
      ids.map((id) => ({ [statistic]: found.get(id)![statistic] }));
    return {
      statistic,
      method,
      reference: imagesOf(reference),
      test: imagesOf(test),
      defects: imagesOf(defects),
    };
  });
}
