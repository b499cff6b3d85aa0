/** In words: what transfers from one condition to another, and what does not. */
import { percent } from '../../../calibration/percent.ts';
import type { CrossShiftCell } from '../../../result/analysis/robustness.ts';
import { METHOD_TITLES } from '../../../result/methodTitle.ts';
import type { Method } from '../../../result/scenario.ts';
import { decimals, firstOf, others } from '../words.ts';
import { verdictOf } from './verdict.ts';

type TransferMetric = 'image_auroc' | 'normal_only_specificity' | 'f1';

const METRIC_WORDS: Readonly<Record<TransferMetric, string>> = {
  image_auroc: 'image AUROC',
  normal_only_specificity: 'specificity',
  f1: 'F1',
};

/** Pairs told with their numbers; more are counted. */
const MOST_NAMED = 4;

/** Every pair is compared with the model that was fitted and calibrated on the condition tested. */
export function transferSentence(
  method: Method,
  cells: readonly CrossShiftCell[],
  metric: TransferMetric,
  images: { readonly normal: number; readonly anomalous: number },
): string {
  const word = METRIC_WORDS[metric];
  const pairs = cells.flatMap(({ fittedOn, testedOn, metrics, change, notComputable }) =>
    change === null
      ? []
      : [
          {
            name: `${fittedOn} to ${testedOn}`,
            value: metrics[metric]!.value,
            reason: notComputable[metric],
            change: change[metric]!,
            verdict: verdictOf(change[metric]!),
          },
        ],
  );
  const best = mostEven(cells, metric);
  const known = pairs.filter(({ value }) => value !== null);
  if (known.length === 0) {
    return `Not computable: ${pairs.find(({ reason }) => reason !== undefined)?.reason ?? 'there is one condition only'}.`;
  }
  const inOrder = [...known].sort((a, b) => (a.change.value ?? 0) - (b.change.value ?? 0));
  const lost = inOrder.filter(({ verdict }) => verdict === 'costs');
  const kept = inOrder.filter(({ verdict }) => verdict === 'not shown');
  const gained = inOrder.filter(({ verdict }) => verdict === 'gains');
  const count =
    metric === 'normal_only_specificity' ? images.normal : images.normal + images.anomalous;
  const compared = `a model fitted and calibrated on the condition tested`;
  if (lost.length === 0) {
    return `${METHOD_TITLES[method]}: nothing that ${count} test images could show is lost; none of ${known.length} pairs has less ${word} than ${compared}${alsoGained(gained)}.${best}`;
  }
  const told = lost.slice(0, MOST_NAMED).map(({ name, value, change: { value: by, interval } }) => {
    const there = decimals(value! - by!);
    const range =
      interval === null
        ? ''
        : `, ${percent(interval.confidence)} interval of the loss ${decimals(-interval.high)} to ${decimals(-interval.low)}`;
    return `${name} ${decimals(value!)} instead of ${there}${range}`;
  });
  const more = lost.length > told.length ? `; ${others(lost.length - told.length)} less so` : '';
  const rest =
    kept.length === 0
      ? ''
      : ` No loss that ${count} test images could show: ${firstOf(
          kept.map(({ name }) => name).sort(),
          MOST_NAMED,
        )}.`;
  return `${METHOD_TITLES[method]}: ${lost.length} of ${known.length} pairs ${lost.length === 1 ? 'has' : 'have'} less ${word} than ${compared}: ${told.join('; ')}${more}${alsoGained(gained)}.${rest}${best}`;
}

/** Which condition to fit on where any of them may come. */
function mostEven(cells: readonly CrossShiftCell[], metric: TransferMetric): string {
  const rows = [...new Set(cells.map(({ fittedOn }) => fittedOn))].flatMap((fittedOn) => {
    const values = cells
      .filter((cell) => cell.fittedOn === fittedOn)
      .map(({ metrics }) => metrics[metric]!.value);
    return values.includes(null) ? [] : [{ fittedOn, lowest: Math.min(...(values as number[])) }];
  });
  const [best, second] = rows.sort((a, b) => b.lowest - a.lowest);
  if (best === undefined || best.lowest === second?.lowest) return '';
  return ` The lowest over all conditions is highest when fitted on ${best.fittedOn}: ${decimals(best.lowest)}.`;
}

const alsoGained = (gained: readonly { readonly name: string }[]): string =>
  gained.length === 0
    ? ''
    : `; more than that: ${firstOf(
        gained.map(({ name }) => name),
        MOST_NAMED,
      )}`;
