/** Two scenarios on the same test images of one category: how far apart, and is that chance? */
import type { Random } from '../../../core/random.ts';
import type {
  ComparedMetric,
  Comparison,
  UnadjustedDifference,
} from '../../../result/analysis/statistics.ts';
import type { ScenarioResult } from '../../../result/scenario.ts';
import { bootstrapTest } from '../../../stats/bootstrapTest.ts';
import { cliffsDelta } from '../../../stats/cliffsDelta.ts';
import { delongTest } from '../../../stats/delongTest.ts';
import { fewestPairs } from '../../../stats/fewestPairs.ts';
import { hedgesG } from '../../../stats/hedgesG.ts';
import { pairedTests } from '../../../stats/pairedTests.ts';
import { rankPermutationTest } from '../../../stats/rankPermutationTest.ts';
import { signFlipTest } from '../../../stats/signFlipTest.ts';
import { untestable } from '../../../stats/testOutcome.ts';
import type { Samples } from '../../artifacts/samples.ts';
import { differenceInterval } from '../../experiments/metricInterval.ts';
import type { Labels } from '../../experiments/resample.ts';
import { difference } from '../../experiments/sampled.ts';
import {
  labelsIn,
  meanPlacementsInOrder,
  placementsOf,
  rightness,
  scoresIn,
} from './imageValues.ts';

/** A scenario's part of the result, and its metrics on other draws of the test images. */
export interface ComparedScenario {
  readonly result: ScenarioResult;
  readonly samples: Samples;
}

export interface TestSettings {
  /** Of significance. */
  readonly level: number;
  readonly permutations: number;
  readonly random: Random;
}

/** Seeds are averaged in every number: images alone are replicates. */
export function compareScenarios(
  { metric }: Comparison,
  first: ComparedScenario,
  second: ComparedScenario,
  inFamily: boolean,
  settings: TestSettings,
): UnadjustedDifference {
  const labels = labelsIn(first.result);
  const anomalous = labels.reduce<number>((sum, label) => sum + label, 0);
  const images = { normal: labels.length - anomalous, anomalous };
  const tooFew = tooFewReason(images, settings.level);
  const tests =
    tooFew === null
      ? testsOf(metric, first, second, labels, settings)
      : {
          bootstrap: untestable(tooFew),
          permutation: untestable(tooFew),
          delong: { ...untestable(tooFew), interval: null },
        };
  const right = [first, second].map(({ result }) => rightness(result));
  const sampled = difference(first.samples.metrics[metric]!, second.samples.metrics[metric]!);
  const confidence = 1 - settings.level;
  return {
    category: first.result.category,
    metric,
    first: sideOf(first, metric, right[0]!),
    second: sideOf(second, metric, right[1]!),
    images,
    difference: {
      value: Number.isNaN(sampled.value) ? null : sampled.value,
      interval: differenceInterval(first.samples.metrics, second.samples.metrics, metric, {
        labels,
        confidence,
      }),
    },
    tests,
    byImage: pairedTests(subtract(right[0]!, right[1]!), settings.level),
    effects: effectsOf(metric, first, second, right, labels, images),
    inFamily,
    ...joinTests(tests, tooFew),
  };
}

function tooFewReason(
  { normal, anomalous }: { readonly normal: number; readonly anomalous: number },
  level: number,
): string | null {
  const fewest = fewestPairs(level);
  if (Math.min(normal, anomalous) >= fewest) return null;
  return `too few to test: ${normal} normal and ${anomalous} anomalous images, where a test takes at least ${fewest} of each`;
}

type Tests = UnadjustedDifference['tests'];

function testsOf(
  metric: ComparedMetric,
  first: ComparedScenario,
  second: ComparedScenario,
  labels: Labels,
  { level, permutations, random }: TestSettings,
): Tests {
  const sampled = difference(first.samples.metrics[metric]!, second.samples.metrics[metric]!);
  const bootstrap = bootstrapTest(sampled.value, sampled.replicates);
  if (metric === 'balanced_accuracy') {
    const shares = classShares(labels);
    const right = subtract(rightness(first.result), rightness(second.result));
    const parts = right.map((value, image) => value * shares[image]!);
    return {
      bootstrap,
      permutation: signFlipTest(parts, permutations, random),
      delong: { ...untestable("DeLong's test is of AUROC"), interval: null },
    };
  }
  const delong = delongTest(placementsOf(first.result), placementsOf(second.result), 1 - level);
  const { statistic, pValue, reason, interval } = delong;
  return {
    bootstrap,
    permutation: rankPermutationTest(
      scoresIn(first.result),
      scoresIn(second.result),
      labels,
      permutations,
      random,
    ),
    delong: { statistic, pValue, reason, interval },
  };
}

/** What each image counts in the mean of recall and specificity. */
function classShares(labels: Labels): number[] {
  const anomalous = labels.reduce<number>((sum, label) => sum + label, 0);
  const counts = [labels.length - anomalous, anomalous];
  return labels.map((label) => 1 / (2 * counts[label]!));
}

/**
 * A difference is called real only where swapping and resampling agree: the larger p-value of the
 * two. DeLong's is shown beside them; near 1 it hardly ever rejects.
 */
function joinTests(
  { bootstrap, permutation }: Tests,
  tooFew: string | null,
): Pick<UnadjustedDifference, 'pValue' | 'reason'> {
  if (tooFew !== null) return { pValue: null, reason: tooFew };
  if (bootstrap.statistic === null && bootstrap.reason === NOT_COMPUTABLE) {
    return { pValue: null, reason: bootstrap.reason };
  }
  // What cannot be told apart at all is not different.
  return { pValue: Math.max(permutation.pValue ?? 1, bootstrap.pValue ?? 1), reason: null };
}

const NOT_COMPUTABLE = 'the difference is not computable';

function sideOf(
  { result }: ComparedScenario,
  metric: ComparedMetric,
  right: readonly number[],
): UnadjustedDifference['first'] {
  const { scenario, method, runs, metrics } = result;
  return {
    scenario,
    method,
    estimate: metrics[metric]!,
    seeds: runs.map(({ seed, metrics: own }) => ({ seed, value: own[metric] ?? null })),
    right: right.reduce((sum, value) => sum + value, 0) / right.length,
  };
}

function effectsOf(
  metric: ComparedMetric,
  first: ComparedScenario,
  second: ComparedScenario,
  right: readonly (readonly number[])[],
  labels: Labels,
  { normal, anomalous }: UnadjustedDifference['images'],
): UnadjustedDifference['effects'] {
  const ranked = metric === 'image_auroc';
  if (ranked && Math.min(normal, anomalous) === 0) return { cliffsDelta: null, hedgesG: null };
  const [a, b] = ranked
    ? [first, second].map(({ result }) => meanPlacementsInOrder(placementsOf(result), labels))
    : right;
  return { cliffsDelta: cliffsDelta(a!, b!), hedgesG: hedgesG(subtract(a!, b!)) };
}

const subtract = (first: readonly number[], second: readonly number[]): number[] =>
  first.map((value, i) => value - second[i]!);
