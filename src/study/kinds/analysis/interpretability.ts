/** What one model's distances are made of: pictures of its patches, and images explained. */
import { join } from 'node:path';
import { createRandom } from '../../../core/random.ts';
import type { JobContext, Kind } from '../../../pipeline/kind.ts';
import type {
  Explanation,
  InterpretabilityResult,
} from '../../../result/analysis/interpretability.ts';
import { chooseDrawn } from '../../analysis/interpretability/chooseImages.ts';
import { explanationsSentence } from '../../analysis/interpretability/explanationSentence.ts';
import { writeJson } from '../../artifacts/binaryFile.ts';
import { openFeatures } from '../../features/openFeatures.ts';
import { readBank } from '../bank.ts';
import { RESULT } from '../scenario.ts';
import { openImageExplainer } from './imageExplainer.ts';
import { defectiveIn, explainedImages, samplesFor } from './interpretabilityInputs.ts';
import type { InterpretabilityOptions } from './interpretabilityOptions.ts';
import { createPatchDrawing } from './patchDrawing.ts';

const NO_PATCHES = 'PaDiM keeps no patches that others could be drawn beside';

export const interpretabilityKind: Kind = {
  name: 'analysis-interpretability',
  version: 2,
  async run(context: JobContext<InterpretabilityOptions>) {
    const { options, inputs, folder, control } = context;
    const { category, method, seed, settings, test } = options;
    await using features = await openFeatures(context, { ...options, seeds: [seed] });
    const { output, grid } = features.embeddingFor(seed);
    const stored = method === 'patchcore' ? await readBank(inputs[options.model]!) : null;
    const random = createRandom(options.drawSeed).fork(`interpretability ${category}`);
    const explained = await explainedImages(context);
    const drawn = stored === null ? [] : chooseDrawn(test, settings.images, random);
    const samples = await samplesFor(context, [...explained.map(({ image }) => image), ...drawn]);
    const defective = await defectiveIn(samples, grid, options);
    const drawing = stored && createPatchDrawing(stored, drawn, defective, grid, options, random);
    await using explainer = await openImageExplainer(context, features, stored, defective);

    // Every image once, whether it is explained, drawn from or both.
    const byId = new Map<string, Explanation>();
    for await (const image of features.images(samples, 'explaining images', control)) {
      const { id } = image.sample;
      drawing?.take(id, image.embeddings[output]!);
      const own = explained.find((one) => one.image.id === id);
      if (own !== undefined) byId.set(id, await explainer.explain(own, image));
    }
    const explanations = explained.map(({ image }) => byId.get(image.id)!);
    const embedding = drawing === null ? NO_PATCHES : await drawing.draw(control);
    const result: InterpretabilityResult = {
      category,
      method,
      seed,
      grid: [...grid],
      parts: [...explainer.parts],
      embedding: typeof embedding === 'string' ? null : embedding,
      explanations: {
        title: 'Where the largest distances come from',
        sentence: explanationsSentence(explanations, explainer.parts),
        data: explanations,
      },
      notComputable: typeof embedding === 'string' ? { embedding } : {},
    };
    await writeJson(join(folder, RESULT), result);
  },
};
