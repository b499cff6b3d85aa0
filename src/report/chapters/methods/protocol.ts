/** How things are computed, in words. */

import { listed } from '../../../core/listed.ts';
import type { StudyResult } from '../../../result/result.ts';
import type { Method } from '../../../result/scenario.ts';
import { numberAt, settingAt } from '../../settingAt.ts';
import { percent } from '../../wording/withInterval.ts';

export const EQUATIONS: Readonly<Record<Method, readonly string[]>> = {
  patchcore: [
    'PatchCore (Roth et al., CVPR 2022). An image becomes a grid of patches; a patch is the mean of its 3 x 3 neighbourhood in each chosen layer of the network, layers brought to one grid and joined to one vector. Of all patches of the training images a coreset is kept by greedy k-center selection: each next row is the patch farthest from all rows chosen so far, measured after a random projection to 128 dimensions. The distance of a patch x is d(x) = min over rows m of |x - m|, Euclidean, not squared, and exact: bounds only save comparisons. The score of an image is the largest d (max), the mean of the largest ones (topk), or the largest times 1 - softmax of the distances to the neighbours of its nearest row (reweighted).',
  ],
  padim: [
    'PaDiM (Defard et al., ICPR 2020). Of the channels of three layers a random choice is kept. At each position p of the grid the training images give a mean mu_p and a covariance S_p (divided by n - 1), with a regulariser on its diagonal. The distance of a patch x there is d(x) = sqrt((x - mu_p)ᵀ S_p⁻¹ (x - mu_p)), Mahalanobis. The score of an image is the maximum of its map.',
  ],
};

/** What holds in every study. */
export const PROTOCOL: readonly string[] = [
  'Anomaly maps are patch distances enlarged to the input (bilinear) and smoothed with a Gaussian of sigma 4 pixels.',
  'AUROC is the share of pairs of a defective and a good image that are ranked rightly, ties counting half. F1, accuracy, precision, recall, specificity, balanced accuracy and MCC are taken at the threshold. Pixel AUROC and average precision are over all pixels of the images whose truth is known; good images count as wholly good. PRO is the mean over defects of the share of each that is found, as a function of the share of good pixels flagged, integrated and divided by the limit.',
  'Seeds are averaged, and never counted as if they were further images. Differences are paired: both sides see the same images and the same resamples. That a difference is real is said by the statistics of the analysis alone, adjusted for the number of comparisons.',
];

export function thresholdSentences(result: StudyResult): string[] {
  const fpr = numberAt(result, 'calibration.fpr');
  const limit = numberAt(result, 'metrics.proLimit');
  const bootstrap = numberAt(result, 'metrics.bootstrap');
  const confidence = numberAt(result, 'metrics.confidence');
  const aimed = fpr === undefined ? '' : ` aiming at a false positive rate of ${percent(fpr)}`;
  const sentences = [
    `An image is anomalous when its score exceeds the threshold. The chosen threshold is the one of the highest F1 on validation images where these hold defects. The threshold from normal images alone is split-conformal,${aimed}: the k-th smallest of n validation scores, k = ceil((n + 1)(1 - rate)), or the largest where n is too small for that.`,
  ];
  if (limit !== undefined) {
    sentences.push(`PRO integrates up to ${percent(limit)} of good pixels flagged.`);
  }
  if (bootstrap !== undefined && confidence !== undefined) {
    sentences.push(
      `Intervals have ${percent(confidence)} confidence, from ${bootstrap} bootstrap resamples of the test images within good and defective ones; near the ends of a scale, where the bootstrap is too narrow, from the counts (Newcombe, Clopper-Pearson).`,
    );
  }
  return sentences;
}

const SCENARIOS = [
  ['clean', 'Clean: fitted, calibrated and tested on images as they are.'],
  [
    'shift_no_adaptation',
    'Shifted, no adaptation: the clean model with its clean threshold meets shifted test images.',
  ],
  [
    'shift_threshold_only',
    'Shifted, new threshold: the clean model, its threshold set anew on shifted validation images.',
  ],
  [
    'shift_with_adaptation',
    'Shifted, fitted anew: model and threshold from shifted training and validation images.',
  ],
  ['global', 'Global model: one model of all categories, against one for each.'],
] as const;

/** Those that were run. */
export function scenarioSentences(result: StudyResult): string[] {
  const { experiments } = result;
  const run = SCENARIOS.filter(([name]) => (experiments[name] ?? []).length > 0);
  const sentences: string[] = run.map(([, sentence]) => sentence);
  if ((experiments.adaptation_ladder ?? []).length > 0) sentences.push(ladderSentence(result));
  return sentences.length === 0 ? ['No experiment has been run.'] : sentences;
}

function ladderSentence(result: StudyResult): string {
  const pictures = settingAt(result, 'experiments.ladder.pictures');
  const draws = numberAt(result, 'experiments.ladder.draws');
  const lamps = numberAt(result, 'experiments.ladder.lamps');
  const numbers = Array.isArray(pictures) ? ` (K = ${listed(pictures.map(String))})` : '';
  const design =
    draws === undefined || lamps === undefined
      ? ''
      : ` Means over ${lamps} lamps and ${draws} draws of pictures each.`;
  return `Adaptation ladder: under a lamp shared by all images, K good pictures${numbers} set the threshold anew (recalibrate) or join the model as well (append).${design} Its thresholds come from normal images alone.`;
}
