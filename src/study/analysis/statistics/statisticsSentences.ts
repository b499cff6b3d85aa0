/** What the tests say, in words and numbers. */
import { counted } from '../../../core/listed.ts';
import type {
  Compared,
  ComparedMetric,
  Difference,
  Exchangeability,
  MacroDifference,
} from '../../../result/analysis/statistics.ts';
import type { Interval } from '../../../result/estimate.ts';
import { METHOD_TITLES } from '../../../result/methodTitle.ts';
import type { Scenario } from '../../../result/scenario.ts';
import { fewestPairs } from '../../../stats/fewestPairs.ts';

const METRIC_WORDS: Readonly<Record<ComparedMetric, string>> = {
  image_auroc: 'AUROC',
  balanced_accuracy: 'balanced accuracy',
};

const SCENARIO_WORDS: Readonly<Record<Scenario, string>> = {
  clean: 'on clean images',
  'shift-none': 'under the shift',
  'shift-threshold': 'under the shift with a new threshold',
  'shift-full': 'refitted under the shift',
};

const decimals = (value: number): string => value.toFixed(3);
const percentage = (share: number): string => `${Number((100 * share).toFixed(1))}%`;
const probability = (p: number): string => (p < 0.001 ? 'p < 0.001' : `p ${p.toFixed(3)}`);

function range(interval: Interval | null): string {
  if (interval === null) return 'no interval is computable';
  const { low, high, confidence } = interval;
  return `${percentage(confidence)} interval ${decimals(low)} to ${decimals(high)}`;
}

/** `PatchCore under the shift`. */
const sideWords = ({ scenario, method }: Compared): string =>
  `${METHOD_TITLES[method]} ${SCENARIO_WORDS[scenario]}`;

type Told = Omit<Difference, 'sentence'>;

/** @param family how many tests it holds that could be made */
export function differenceSentence(
  own: Told,
  family: number,
  { level }: { readonly level: number },
): string {
  const { category, metric, first, second, difference, images } = own;
  const word = METRIC_WORDS[metric];
  if (difference.value === null) {
    return `${category}: ${word} of ${sideWords(first)} and of ${sideWords(second)} is not computable: ${images.normal} normal and ${images.anomalous} anomalous test images.`;
  }
  const values = [first, second].map(
    (side) => `${sideWords(side)} ${decimals(side.estimate.value!)}${spread(side)}`,
  );
  const head = `${category}, ${word}: ${values.join(', ')}; the difference is ${decimals(difference.value)} (${range(difference.interval)}; ${images.normal} normal and ${images.anomalous} anomalous images).`;
  return [head, testsSentence(own, family, level), byImageSentence(own)].join(' ');
}

function spread({ estimate: { n, deviation } }: Told['first']): string {
  return deviation === null
    ? ' (one seed)'
    : ` (mean of ${counted(n, 'seed')} that spread by ${decimals(deviation)})`;
}

function testsSentence(own: Told, family: number, level: number): string {
  const { tests, pValue, adjusted, verdict, reason, difference } = own;
  if (pValue === null) return `${untested(reason!)}.`;
  const { permutation, bootstrap, delong } = tests;
  const named = [
    ['swapping images between the two', permutation],
    ['resampling images', bootstrap],
    ["DeLong's test", delong],
  ] as const;
  const told = named.flatMap(([name, test]) =>
    test.pValue === null ? [] : [`${name} ${probability(test.pValue)}`],
  );
  const found =
    told.length === 0 ? `Nothing to test: ${permutation.reason}` : upper(told.join(', '));
  if (verdict === 'not in the family') {
    return `${found}; outside of the family that claims are made of.`;
  }
  const { interval } = difference;
  const holdsZero = interval !== null && interval.low <= 0 && interval.high >= 0;
  // Near 1 the interval keeps on the safe side, which the tests need not.
  const caution =
    verdict === 'different' && holdsZero ? ', though the interval, wide near 1, holds 0' : '';
  const outcome = `${verdict} at a level of ${percentage(level)}${caution}`;
  return `${found}; adjusted for ${counted(family, 'test')} ${probability(adjusted!)}: ${outcome}.`;
}

/** Student's t, whether it may be believed, and what stands for it. */
function byImageSentence({ first, second, byImage }: Told): string {
  const { t, normality, normal, signedRank, differing, pairs, pValue, reason } = byImage;
  const head = `Image by image the first is right on ${percentage(first.right)}, the second on ${percentage(second.right)}`;
  if (pValue === null) return `${head}. ${untested(reason!)}.`;
  const student = t.pValue === null ? `none, since ${t.reason}` : probability(t.pValue);
  if (normal) {
    return `${head}: Student's paired t over ${pairs} images has ${student}, and their differences may be normal (Shapiro and Wilk ${probability(normality.pValue!)}).`;
  }
  const why =
    normality.pValue === null
      ? normality.reason
      : `Shapiro and Wilk ${probability(normality.pValue)}`;
  return `${head}: Student's paired t (${student}) does not hold, since the differences are not normal (${why}); Wilcoxon's signed ranks of the ${differing} of ${pairs} images that differ have ${probability(signedRank.pValue!)}.`;
}

/** What the study may claim. */
export function familySentence(all: readonly Difference[], level: number): string {
  const family = all.filter(({ inFamily }) => inFamily);
  if (family.length === 0) return 'No comparison is declared, so no difference is called real.';
  const tested = family.filter(({ pValue }) => pValue !== null);
  const different = family.filter(({ verdict }) => verdict === 'different');
  const few = family.length - tested.length;
  const shown =
    different.length === 0
      ? 'none shows'
      : `${different.length} ${different.length === 1 ? 'shows' : 'show'}`;
  const left = few === 0 ? '' : `; ${few} had too few images to test`;
  return `Of ${counted(family.length, 'declared comparison')} ${shown} a difference at a level of ${percentage(level)} for all of them together (Holm)${left}.`;
}

const MOST_NAMED = 4;

export function differencesSentence(all: readonly Difference[], level: number): string {
  const different = all
    .filter(({ verdict }) => verdict === 'different')
    .sort((a, b) => Math.abs(b.difference.value!) - Math.abs(a.difference.value!));
  const told = different
    .slice(0, MOST_NAMED)
    .map(
      ({ category, metric, first, second, difference }) =>
        `${category}: ${METRIC_WORDS[metric]} of ${sideWords(first)} less that of ${sideWords(second)} ${decimals(difference.value!)} (${range(difference.interval)})`,
    );
  const more = different.length - told.length;
  const rest = more > 0 ? `; and ${counted(more, 'other')}` : '';
  const named = told.length === 0 ? '' : ` ${told.join('; ')}${rest}.`;
  return `${familySentence(all, level)}${named}`;
}

export function macroSentence(own: Omit<MacroDifference, 'sentence'>, level: number): string {
  const { metric, first, second, categories, difference, bootstrap, byCategory } = own;
  const word = METRIC_WORDS[metric];
  if (difference.value === null) {
    return `${upper(word)} of ${sideWords(first)} and of ${sideWords(second)} is computable in no category.`;
  }
  const values = [first, second].map(
    (side) => `${sideWords(side)} ${decimals(side.estimate.value ?? 0)}`,
  );
  const over = `mean over ${counted(difference.n, 'category', 'categories')}`;
  const head = `${upper(word)}, ${over}: ${values.join(', ')}; the difference is ${decimals(difference.value)} (${range(difference.interval)}, images resampled within ${categories.join(', ')}${bootstrap.pValue === null ? '' : `; ${probability(bootstrap.pValue)}`}).`;
  return `${head} ${othersSentence(byCategory, level)}`;
}

/** Whether other categories would differ as well. */
function othersSentence(byCategory: MacroDifference['byCategory'], level: number): string {
  const { pairs, pValue, normal, reason } = byCategory;
  if (pValue !== null) {
    const name = normal ? "Student's paired t" : "Wilcoxon's signed-rank test";
    return `Over categories ${name} has ${probability(pValue)}.`;
  }
  const fewest = fewestPairs(level);
  const why =
    pairs < fewest
      ? `${counted(pairs, 'category', 'categories')} are too few to test: a signed test of fewer than ${fewest} cannot reach a level of ${percentage(level)}`
      : reason;
  return `Whether other categories would differ cannot be said: ${why}.`;
}

export function macroSummary(all: readonly MacroDifference[]): string {
  const [methods] = all;
  return methods === undefined ? 'Nothing is compared.' : methods.sentence;
}

export function exchangeabilitySentence(all: readonly Exchangeability[], level: number): string {
  const tested = all.filter(({ adjusted }) => adjusted !== null);
  if (tested.length === 0) {
    const { ks } = all[0] ?? { ks: { reason: 'no scenario is compared' } };
    return `${untested(ks.reason!)}.`;
  }
  const broken = tested.filter(({ adjusted }) => adjusted! <= level);
  const name = ({ category, method, scenario }: Exchangeability) =>
    `${category}, ${sideWords({ scenario, method })}`;
  const told = broken.slice(0, MOST_NAMED).map(name).join('; ');
  const more = broken.length - MOST_NAMED;
  const which =
    broken.length === 0
      ? 'nothing speaks against what thresholds promise'
      : `there thresholds need not keep what they promise: ${told}${more > 0 ? `; and ${counted(more, 'other')}` : ''}`;
  return `In ${broken.length} of ${counted(tested.length, 'case')} normal test images score otherwise than normal validation images (Kolmogorov and Smirnov, adjusted for all of them, at a level of ${percentage(level)}); ${which}.`;
}

/** `Too few to test: ...`, or why else there is no test. */
const untested = (reason: string): string =>
  reason.startsWith('too few') ? upper(reason) : `Not tested: ${reason}`;

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
