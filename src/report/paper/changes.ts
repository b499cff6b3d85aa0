/** Differences between scenarios or methods, category by category, and how they are worded. */
import type { Difference } from '../../result/analysis/statistics.ts';
import type { Interval } from '../../result/estimate.ts';
import type { StudyResult } from '../../result/result.ts';
import type { Method, Scenario } from '../../result/scenario.ts';
import { scenarioOf } from '../answer/scenarioOf.ts';
import { LARGE, PLAIN, SMALL } from '../wording/describeChange.ts';
import { firstOf, listed, name } from './names.ts';
import { signed, withInterval } from './numbers.ts';
import { NOTHING, type Typst, typst } from './typst.ts';

export interface Change {
  readonly category: string;
  readonly value: number;
  readonly interval: Interval | null;
  /** After Holm; null where no claim was declared of it. */
  readonly adjusted: number | null;
  /**
   * Declared comparisons: whether their test shows it. Others: whether the interval leaves out
   * zero; null without an interval.
   */
  readonly shown: boolean | null;
}

export interface Side {
  readonly scenario: Scenario;
  readonly method: Method;
}

export type Compared = 'image_auroc' | 'balanced_accuracy';

const sameSide = (a: Side, b: Side): boolean => a.scenario === b.scenario && a.method === b.method;

export const differencesOf = (result: StudyResult): readonly Difference[] =>
  result.analysis.statistics?.[0]?.differences.data ?? [];

/** First less second, in the categories where both are known. */
export function changesOf(
  result: StudyResult,
  metric: Compared,
  first: Side,
  second: Side,
): readonly Change[] {
  return result.categories.flatMap(({ name: category }) => {
    const tested = differencesOf(result).find(
      (one) =>
        one.category === category &&
        one.metric === metric &&
        sameSide(one.first, first) &&
        sameSide(one.second, second),
    );
    return tested === undefined
      ? untested(result, metric, first, second, category)
      : fromTest(tested);
  });
}

function fromTest({
  category,
  difference,
  adjusted,
  inFamily,
  verdict,
}: Difference): readonly Change[] {
  const { value, interval } = difference;
  if (value === null) return [];
  const shown = inFamily ? verdict === 'different' : leavesOutZero(interval);
  return [{ category, value, interval, adjusted, shown }];
}

/** The scenarios themselves know how they differ from clean images. */
function untested(
  result: StudyResult,
  metric: Compared,
  first: Side,
  second: Side,
  category: string,
): readonly Change[] {
  if (second.scenario !== 'clean' || first.method !== second.method) return [];
  const change = scenarioOf(result, first.scenario, category, first.method)?.change?.[metric];
  if (change === undefined || change.value === null) return [];
  const { value, interval } = change;
  return [{ category, value, interval, adjusted: null, shown: leavesOutZero(interval) }];
}

export function leavesOutZero(interval: Pick<Interval, 'low' | 'high'> | null): boolean | null {
  return interval === null ? null : interval.low > 0 || interval.high < 0;
}

/** Categories told by name. */
const NAMED = 4;

/**
 * `The AUROC of PatchCore falls far on zipper (...) and falls on bottle (...); no change is shown
 * on hazelnut (...).` Nothing without changes.
 * @param subject in the middle of a sentence: `the AUROC`
 * @param opening what comes before it: `Fitted anew,`
 */
export function changesTold(
  subject: Typst,
  changes: readonly Change[],
  opening: string | null = null,
): Typst {
  if (changes.length === 0) return NOTHING;
  const sorted = changes.toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const shown = sorted.filter((change) => change.shown === true);
  const rest = sorted.filter((change) => change.shown !== true);
  const clauses = CLAUSES.flatMap(({ verb, holds }) => {
    const those = shown.filter(holds);
    return those.length === 0 ? [] : [typst`${verb} on ${places(those)}`];
  });
  if (clauses.length === 0) {
    return typst`${opening === null ? 'No' : `${opening} no`} change of ${subject} is shown: ${places(rest)}.`;
  }
  const start = opening === null ? capital(subject) : typst`${opening} ${subject}`;
  const unshown = rest.length === 0 ? '' : typst`; no change is shown on ${places(rest)}`;
  return typst`${start} ${listed(clauses)}${unshown}.`;
}

/** Of our own words, which start with a letter. */
const capital = ({ source }: Typst): Typst => ({
  source: source.replace(/^[a-z]/, (letter) => letter.toUpperCase()),
});

const CLAUSES: readonly {
  readonly verb: string;
  readonly holds: (change: Change) => boolean;
}[] = [
  { verb: 'falls far', holds: ({ value }) => value <= -LARGE },
  { verb: 'falls', holds: ({ value }) => value > -LARGE && value <= -PLAIN },
  { verb: 'falls a little', holds: ({ value }) => value > -PLAIN && value <= -SMALL },
  { verb: 'falls by a trace', holds: ({ value }) => value > -SMALL && value < 0 },
  { verb: 'rises far', holds: ({ value }) => value >= LARGE },
  { verb: 'rises', holds: ({ value }) => value < LARGE && value >= PLAIN },
  { verb: 'rises a little', holds: ({ value }) => value < PLAIN && value >= SMALL },
  { verb: 'rises by a trace', holds: ({ value }) => value < SMALL && value > 0 },
];

const places = (changes: readonly Change[]): Typst =>
  firstOf(
    changes.map(
      ({ category, value, interval }) =>
        typst`${name(category)} (${withInterval(value, interval, 3, signed)})`,
    ),
    NAMED,
  );

/** The mean over categories, where the analysis has it. */
export function meanChangeTold(
  result: StudyResult,
  metric: Compared,
  first: Side,
  second: Side,
): Typst {
  const found = result.analysis.statistics?.[0]?.macro.data.find(
    (one) => one.metric === metric && sameSide(one.first, first) && sameSide(one.second, second),
  );
  const { value = null, interval = null } = found?.difference ?? {};
  if (found === undefined || value === null || found.categories.length < 2) return NOTHING;
  const verdict = leavesOutZero(interval) === true ? '' : ', which may be chance';
  return typst`Their mean is ${withInterval(value, interval, 3, signed)}${verdict}.`;
}
