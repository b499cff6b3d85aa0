/** PaDiM under a lamp: pictures update its Gaussians. */
import { join } from 'node:path';
import { createPadimAdapter, type PadimAdapter } from '../../detector/padim/adaptation.ts';
import { adaptationFactors } from '../../detector/padim/adaptationFactors.ts';
import { readGaussians } from '../../detector/padim/gaussianFile.ts';
import { readJson } from '../artifacts/binaryFile.ts';
import type { Adapt } from './adaptation.ts';
import { GAUSSIANS, type GaussiansDocument, STATISTICS } from './gaussians.ts';

export const updateGaussians: Adapt = async (context, pool, test, orders, pictures, visit) => {
  const { options, inputs } = context;
  const folder = inputs[options.model]!;
  const { models } = await readJson<GaussiansDocument>(join(folder, GAUSSIANS));
  const { regulariser } = models.find(({ seed }) => seed === options.seed)!;
  const gaussians = await readGaussians(join(folder, STATISTICS));
  const embeddings = (images: typeof pool) => images.map(({ embedding }) => embedding);
  for (const [level, count] of pictures.entries()) {
    const factors = adaptationFactors(gaussians, regulariser, count);
    const adapter = await createPadimAdapter(factors, embeddings(pool), embeddings(test));
    // Draws of the same pictures in another order are the same update.
    const known = new Map<string, Known>();
    for (const [draw, order] of orders.entries()) {
      const drawn = order.slice(0, count);
      const sorted = [...drawn].sort((a, b) => a - b);
      const found = known.get(sorted.join()) ?? (await adapter.adapt(sorted));
      if (count === pool.length) known.set(sorted.join(), found);
      const chosen = drawn.map((image) => found.chosen[sorted.indexOf(image)]!);
      await visit(draw, level, { rows: null, test: found.targets, chosen });
    }
  }
};

type Known = Awaited<ReturnType<PadimAdapter['adapt']>>;
