/** `analysis-robustness`: what changes of conditions cost, for one category and method. */
import { join } from 'node:path';
import type { JobContext, Kind } from '../../../pipeline/kind.ts';
import type { CrossShift } from '../../../result/analysis/robustness.ts';
import { PRESETS } from '../../../shift/presets.ts';
import { crossShift } from '../../analysis/robustness/crossShift.ts';
import {
  type RobustnessScores,
  robustnessResult,
} from '../../analysis/robustness/robustnessResult.ts';
import { writeJson } from '../../artifacts/binaryFile.ts';
import { labelsOf, type ScenarioSettings, type ScoredImages } from '../../experiments/scenario.ts';
import { chooseThresholds } from '../../experiments/thresholds.ts';
import type { ImageRef } from '../../images.ts';
import { RESULT } from '../scenario.ts';
import { scoredImages } from '../scoredBy.ts';
import type { RobustnessOptions } from './robustnessOptions.ts';
import { readShiftedScores, type ScoredPass, scoresIn } from './robustnessScores.ts';

type Context = JobContext<RobustnessOptions>;

export const robustnessKind: Kind = {
  name: 'analysis-robustness',
  version: 2,
  async run(context: Context) {
    const { category, method, seed, judge } = context.options;
    const settings = { category, seeds: [seed], ...judge };
    const result = robustnessResult(
      { category, method, seed },
      await presetScores(context),
      await crossShiftOf(context, settings),
      settings,
    );
    await writeJson(join(context.folder, RESULT), result);
  },
};

async function presetScores({ options, inputs }: Context): Promise<RobustnessScores> {
  const { subset, test, model, judge } = options;
  const validation = await cleanScores(options, inputs, 'validation', options.validation);
  const labels = labelsOf({ images: options.validation, scores: [] });
  const presets = options.presets.map(async ({ preset, job, levels }) => {
    const passes = await readShiftedScores(inputs[job]!);
    return {
      preset,
      summary: PRESETS[preset].summary,
      levels: levels.map(({ level, severity }) => {
        const pass = passNamed(passes, level);
        return { level, severity, redraws: pass.redraws, scores: scoresIn(pass, model, subset) };
      }),
    };
  });
  const anomalous = test.filter(({ label }) => label === 'anomalous').length;
  return {
    thresholds: chooseThresholds(validation, labels, judge.fpr),
    of: { normal: test.length - anomalous, anomalous },
    images: described(subset),
    clean: await cleanScores(options, inputs, 'test', subset),
    presets: await Promise.all(presets),
  };
}

async function crossShiftOf(
  { options, inputs }: Context,
  settings: ScenarioSettings,
): Promise<CrossShift | null> {
  const { validation, test, crossShift: asked } = options;
  if (asked.length === 0) return null;
  const conditions = asked.map(async ({ condition, model, job }, place) => {
    const passes = await readShiftedScores(inputs[job]!);
    // The clean model has met the clean images already.
    const isClean = place === 0;
    return {
      condition,
      validation: isClean
        ? await cleanScores(options, inputs, 'validation', validation)
        : scoresIn(passNamed(passes, 'validation'), model, validation),
      test: await Promise.all(
        asked.map(async (fitted, own) =>
          isClean && own === 0
            ? await cleanScores(options, inputs, 'test', test)
            : scoresIn(passNamed(passes, 'test'), fitted.model, test),
        ),
      ),
    };
  });
  const scores = { validation: described(validation), test: described(test) };
  return crossShift(
    options.method,
    { ...scores, conditions: await Promise.all(conditions) },
    settings,
  );
}

/** Of the clean model of the one seed, on clean images. */
async function cleanScores(
  { clean }: RobustnessOptions,
  inputs: Context['inputs'],
  part: 'validation' | 'test',
  images: readonly ImageRef[],
): Promise<readonly number[]> {
  const { scores } = await scoredImages(inputs[clean[part]]!, images);
  return scores[0]!;
}

const passNamed = (passes: readonly ScoredPass[], name: string): ScoredPass =>
  passes.find((pass) => pass.name === name)!;

const described = (images: readonly ImageRef[]): ScoredImages['images'] =>
  images.map(({ id, label, defectType }) => ({ id, label, defectType }));
