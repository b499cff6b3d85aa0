/** How a fit sees photographs that are brought to one size and looked at as a whole. */
import type { RunControl } from '../../../core/progress.ts';
import type { Sample } from '../../../data/dataset.ts';
import {
  buildEmbedder,
  buildInspector,
  type EmbedSpec,
} from '../../../detector/inspector/buildInspector.ts';
import { withinRegion } from '../../../detector/withinRegion.ts';
import { embedSamples } from '../embedSamples.ts';
import type { FitView } from './fitView.ts';

export async function wholeView(spec: EmbedSpec, training: readonly Sample[]): Promise<FitView> {
  const embedder = await buildEmbedder(spec);
  const { crop } = spec.preprocessing;
  return {
    embedder,
    pieces: { count: training.length, embedder },
    mapSize: { width: crop, height: crop },
    preprocessing: spec.preprocessing,
    async *learn(learner, step: string, control: RunControl) {
      for await (const { embedding, ...seen } of embedSamples(embedder, training, step, control)) {
        await learner.learn(embedding);
        yield seen;
      }
    },
    build: ({ head }, region) => buildInspector(spec, region ? withinRegion(head, region) : head),
    describe: ({ metadata }) => metadata,
    tiling: () => undefined,
  };
}
