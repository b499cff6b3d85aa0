/** PaDiM's global model: the Gaussians of all categories, merged. */
import { join } from 'node:path';
import { readGaussians, writeGaussians } from '../../detector/padim/gaussianFile.ts';
import { merge } from '../../detector/padim/gaussians.ts';
import { regulariserOf } from '../../detector/padim/whitening.ts';
import type { JobContext, Kind } from '../../pipeline/kind.ts';
import { readJson, writeJson } from '../artifacts/binaryFile.ts';
import { GAUSSIANS, type GaussiansDocument, STATISTICS, writePadimScorer } from './gaussians.ts';
import type { PooledGaussiansOptions } from './jobOptions.ts';

export const pooledGaussiansKind: Kind = {
  name: 'pooled-gaussians',
  version: 1,
  async run({ options, inputs, folder, control }: JobContext<PooledGaussiansOptions>) {
    const { seed, size } = options;
    const folders = options.gaussians.map((job) => inputs[job]!);
    const [first, ...others] = folders;
    const document = await readJson<GaussiansDocument>(join(first!, GAUSSIANS));
    const gaussians = await readGaussians(join(first!, STATISTICS));
    for (const other of others) {
      control.signal?.throwIfAborted();
      merge(gaussians, await readGaussians(join(other, STATISTICS)));
    }
    const { grid, dimension, standardised } = document;
    const regulariser = regulariserOf(gaussians, standardised);
    await writePadimScorer(folder, seed, { grid, dimension }, gaussians, regulariser, size);
    await writeGaussians(join(folder, STATISTICS), gaussians);
    const { channels } = document.models.find((model) => model.seed === seed)!;
    const pooled: GaussiansDocument = {
      ...document,
      images: gaussians.count,
      models: [{ seed, channels, regulariser }],
    };
    await writeJson(join(folder, GAUSSIANS), pooled);
  },
};
