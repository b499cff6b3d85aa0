/** `analysis-errors`: why detectors fail on one category. */
import { join } from 'node:path';
import type { JobContext, Kind } from '../../../pipeline/kind.ts';
import type { Defect, ErrorsResult } from '../../../result/analysis/errors.ts';
import type { ScenarioResult } from '../../../result/scenario.ts';
import { errorCondition } from '../../analysis/errors/errorCondition.ts';
import type { ScoredMethod, TestImage } from '../../analysis/errors/errorInput.ts';
import { readJson, writeJson } from '../../artifacts/binaryFile.ts';
import { RESULT } from '../scenario.ts';
import { scoredImages } from '../scoredBy.ts';
import { DEFECTS } from './defects.ts';
import type { ErrorsOptions } from './errorsOptions.ts';

type Condition = ErrorsOptions['conditions'][number];

export const errorsKind: Kind = {
  name: 'analysis-errors',
  version: 1,
  async run({ options, inputs, folder }: JobContext<ErrorsOptions>) {
    const { category, confidence, normal } = options;
    const conditions = [];
    for (const condition of options.conditions) {
      const { scenario } = condition;
      const defects = await readJson<Defect[]>(join(inputs[condition.defects]!, DEFECTS));
      const { images, methods } = await readMethods(condition);
      conditions.push(errorCondition({ category, scenario, images, defects, methods, confidence }));
    }
    const result: ErrorsResult = { category, conditions };
    await writeJson(join(folder, RESULT), result);

    /** The first seed of each method. */
    async function readMethods(condition: Condition) {
      const methods: ScoredMethod[] = [];
      let images: readonly TestImage[] = [];
      for (const { method, scenario, validation } of condition.methods) {
        const found = await readJson<ScenarioResult>(join(inputs[scenario]!, RESULT));
        const { scores } = await scoredImages(inputs[validation]!, normal);
        const { seed, thresholds } = found.runs[0]!;
        images = found.images;
        methods.push({
          method,
          seed,
          thresholds,
          normalScores: scores[0]!,
          scores: found.images.map((image) => image.scores[0]!),
        });
      }
      return { images, methods };
    }
  },
};
