/** `global`: one model for all categories against one for each, for one method. */
import { join } from 'node:path';
import { covarianceInflation } from '../../detector/padim/covarianceInflation.ts';
import { readGaussians } from '../../detector/padim/gaussianFile.ts';
import { routingErrors } from '../../detector/patchcore/routing.ts';
import type { JobContext, Kind } from '../../pipeline/kind.ts';
import { readJson, writeJson } from '../artifacts/binaryFile.ts';
import { readNearest, readScores } from '../artifacts/scores.ts';
import { globalResult } from '../experiments/globalModel.ts';
import { readBank, type StoredBank } from './bank.ts';
import { GAUSSIANS, type GaussiansDocument, STATISTICS } from './gaussians.ts';
import type { GlobalOptions } from './jobOptions.ts';
import { RESULT } from './scenario.ts';
import { scenarioScores } from './scoredBy.ts';

type Category = GlobalOptions['categories'][number];
type Inputs = JobContext['inputs'];

export const globalKind: Kind = {
  name: 'global',
  version: 3,
  async run({ options, inputs, folder, control }: JobContext<GlobalOptions>) {
    const { method, seed, judge, model } = options;
    const bank = method === 'patchcore' ? await readBank(inputs[model]!) : null;
    const scores = [];
    for (const [place, own] of options.categories.entries()) {
      control.signal?.throwIfAborted();
      const read = (by: Category['own']) =>
        scenarioScores(inputs, by, own.validation, own.test, seed);
      scores.push({
        category: own.category,
        pooled: await read(own.pooled),
        own: await read(own.own),
        routing: bank && (await routingOf(own, bank, place, seed, inputs)),
        covarianceInflation:
          own.gaussians === null ? null : await inflationOf(inputs[own.gaussians]!, inputs[model]!),
      });
    }
    const name = { method, seed, bankRows: bank?.bank.rowCount ?? null };
    const result = globalResult(name, scores, { seeds: [seed], ...judge });
    await writeJson(join(folder, RESULT), result);
  },
};

async function routingOf(
  { test, pooled }: Category,
  { categories }: StoredBank,
  place: number,
  seed: number,
  inputs: Inputs,
) {
  const { grid, images } = await readScores(inputs[pooled.test]!);
  const nearest = await readNearest(inputs[pooled.test]!, seed);
  const patches = grid[0] * grid[1];
  const places = new Map(images.map(({ id }, index) => [id, index]));
  const rows = test.map(({ id }) => {
    const start = places.get(id)! * patches;
    return nearest.subarray(start, start + patches);
  });
  return routingErrors(rows, categories, place);
}

async function inflationOf(category: string, pooled: string) {
  const own = await readJson<GaussiansDocument>(join(category, GAUSSIANS));
  const { regulariser } = own.models[0]!;
  return covarianceInflation(
    await readGaussians(join(category, STATISTICS)),
    await readGaussians(join(pooled, STATISTICS)),
    regulariser,
  );
}
