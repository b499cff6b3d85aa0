/** The same two scenarios over all categories, each counting alike. */
import type { Comparison, MacroDifference } from '../../../result/analysis/statistics.ts';
import { bootstrapTest } from '../../../stats/bootstrapTest.ts';
import { pairedTests } from '../../../stats/pairedTests.ts';
import { type TestOutcome, untestable } from '../../../stats/testOutcome.ts';
import { type CategoryEstimate, macroEstimate } from '../../experiments/macro.ts';
import { differenceInterval } from '../../experiments/metricInterval.ts';
import { difference, estimateOf, meanOf, type Sampled } from '../../experiments/sampled.ts';
import type { ComparedScenario } from './compareScenarios.ts';

/** @param pairs of one category each */
export function macroDifference(
  { metric, first, second }: Comparison,
  pairs: readonly { readonly first: ComparedScenario; readonly second: ComparedScenario }[],
  level: number,
): Omit<MacroDifference, 'sentence'> {
  const side = (which: 'first' | 'second') =>
    macroEstimate(
      pairs.map((pair): CategoryEstimate => {
        const { result, samples } = pair[which];
        return {
          estimate: result.metrics[metric]!,
          sampled: samples.metrics[metric]!,
          labels: samples.labels,
        };
      }),
    );
  const differences = pairs.map((pair): CategoryEstimate => {
    const [a, b] = [pair.first.samples, pair.second.samples];
    const { labels } = a;
    const sampled = difference(a.metrics[metric]!, b.metrics[metric]!);
    const images = { labels, confidence: 1 - level };
    const interval = differenceInterval(a.metrics, b.metrics, metric, images);
    return { estimate: estimateOf(sampled, [sampled.value], interval), sampled, labels };
  });
  const known = differences.filter(({ estimate }) => estimate.value !== null);
  return {
    metric,
    first: { ...first, estimate: side('first') },
    second: { ...second, estimate: side('second') },
    categories: pairs.map((pair) => pair.first.result.category),
    difference: macroEstimate(differences),
    bootstrap: bootstrapOf(known.map(({ sampled }) => sampled!)),
    byCategory: pairedTests(
      known.map(({ estimate }) => estimate.value!),
      level,
    ),
  };
}

function bootstrapOf(categories: readonly Sampled[]): TestOutcome {
  if (categories.length === 0) return untestable('it is computable in no category');
  const { value, replicates } = meanOf(categories);
  return bootstrapTest(value, replicates);
}
