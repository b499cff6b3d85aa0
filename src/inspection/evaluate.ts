/** `evaluate`: what an inspector is worth on labelled test images. */
import type { RunControl } from '../core/progress.ts';
import { readInspectorMetadata } from '../detector/inspector/inspector.ts';
import { openStagedInspector } from '../detector/tiling/openStagedInspector.ts';
import { mapMaximum } from '../image/mapMaximum.ts';
import { imageMetrics } from '../metrics/imageMetrics.ts';
import { pixelMetrics } from '../metrics/pixelMetrics.ts';
import type { PixelImage } from '../metrics/pixelScores.ts';
import { imagingConditions } from './conditions/imagingConditions.ts';
import { decodedSamples } from './decodedSamples.ts';
import { countJudged } from './evaluation/countJudged.ts';
import type { Evaluation, ScoredImage } from './evaluation/evaluation.ts';
import { perDefect, reasons, spreads } from './evaluation/summarise.ts';
import { openTestCategory } from './evaluation/testCategory.ts';
import { type StepTimes, stepTimes } from './evaluation/timeInspector.ts';
import { withTruth } from './evaluation/withTruth.ts';
import { bandRandom, type ScoredImage as ScoredMap } from './judge/imageJudge.ts';
import { createJudge } from './judge/judgement.ts';
import { choosesPart } from './look/choosesPart.ts';
import { type LookOptions, openLook } from './look/look.ts';

export interface EvaluateOptions extends LookOptions {
  readonly model: string;
  readonly data: string;
  /** Undefined: the one the inspector was fitted on, where DATA holds several. */
  readonly category: string | undefined;
}

/** @throws FlawmapError for a model, category, image or mask that cannot be used, naming it */
export async function evaluate(
  { model, data, category: name, ...part }: EvaluateOptions,
  control: RunControl = {},
): Promise<Evaluation> {
  const fittedOn = (await readInspectorMetadata(model)).category;
  const category = await openTestCategory(data, name, fittedOn);
  await using inspector = await openStagedInspector(model);
  const look = choosesPart(part) ? await openLook(part, inspector.metadata) : undefined;
  const { calibration, preprocessing } = inspector.metadata;
  const judge = createJudge(inspector.metadata, { random: bandRandom(inspector.metadata) });
  const threshold = calibration.image.threshold;

  const images: ScoredImage[] = [];
  const pixelImages: PixelImage[] = [];
  const timings: StepTimes[] = [];
  for await (const decoded of decodedSamples(category.test, 'evaluating test images', control, 1)) {
    const { sample, image } = decoded;
    const { milliseconds, ...inspection } = await inspector.inspect(image);
    const scored: ScoredMap = look?.(inspection, image, sample.path) ?? inspection;
    const { score, map, counted } = scored;
    timings.push(stepTimes(decoded.milliseconds, milliseconds));
    const { id, defectType, label } = sample;
    const { verdict } = judge(score, map, {
      ...image,
      conditions: imagingConditions(image),
      counted,
    });
    images.push({ id, defectType, label, score, mapMaximum: mapMaximum(map), verdict });
    const pixels = await withTruth(sample, image, map, preprocessing);
    if (pixels !== undefined) pixelImages.push(pixels);
  }

  const scores = images.map(({ score }) => score);
  const labels = images.map(({ label }) => (label === 'anomalous' ? 1 : 0));
  const anomalous = labels.reduce<number>((sum, label) => sum + label, 0);
  const counts = {
    images: images.length,
    normal: images.length - anomalous,
    anomalous,
    pixelImages: pixelImages.length,
    withoutMask: images.length - pixelImages.length,
  };
  const hasMasks = counts.withoutMask < anomalous;
  const image = imageMetrics(scores, labels, threshold);
  const pixel = hasMasks
    ? await pixelMetrics(pixelImages, undefined, control)
    : { auroc: null, average_precision: null, pro: null };
  return {
    model,
    category: category.name,
    fittedOn,
    threshold: {
      image: threshold,
      pixel: calibration.pixel.threshold,
      rule: calibration.image.rule,
    },
    counts,
    image,
    judged: countJudged(images),
    pixel,
    notComputable: reasons(image, pixel, counts),
    perDefect: perDefect(images, threshold),
    timing: spreads(timings),
    images,
  };
}
