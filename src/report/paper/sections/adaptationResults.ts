/** 5.3: what a new threshold, a new fit and a few pictures regain. */
import type { MetricName } from '../../../result/metricNames.ts';
import type { StudyResult } from '../../../result/result.ts';
import type { Method, Scenario } from '../../../result/scenario.ts';
import { scenariosOf } from '../../answer/scenarioOf.ts';
import { ladderCurves } from '../../plots/ladderCurves.ts';
import { METRIC_TITLES } from '../../wording/metricTitles.ts';
import { changesOf, changesTold } from '../changes.ts';
import { methodsOf } from '../facts.ts';
import { firstOf, listed, methodName, name } from '../names.ts';
import { counted, fixed, percent } from '../numbers.ts';
import { EMPTY, type Part, plotPart, textPart, together } from '../part.ts';
import { NOTHING, paragraph, subsection, type Typst, typst } from '../typst.ts';
import { laddersOf, spokenOf } from './ladderFacts.ts';

export function adaptationResults(result: StudyResult): Part {
  const ladder = laddersOf(result).length > 0;
  return together(
    textPart(
      subsection(
        'Adaptation',
        newThreshold(result),
        newFit(result),
        ladder
          ? paragraph(rungs(result), stragglers(result), typst`@fig-paper-ladder shows every $K$.`)
          : NOTHING,
      ),
    ),
    ladder ? ladderFigure(result) : EMPTY,
  );
}

const against = (result: StudyResult, scenario: Scenario, method: Method) =>
  changesOf(result, 'balanced_accuracy', { scenario, method }, { scenario: 'shift-none', method });

function newThreshold(result: StudyResult): Typst {
  if (scenariosOf(result, 'shift-threshold').length === 0) return NOTHING;
  return paragraph(
    typst`A new threshold moves verdicts, not scores: the AUROC stays as it is.`,
    ...methodsOf(result).map((method) =>
      changesTold(
        typst`the balanced accuracy of ${methodName(method)}`,
        against(result, 'shift-threshold', method),
        'With it',
      ),
    ),
  );
}

function newFit(result: StudyResult): Typst {
  if (scenariosOf(result, 'shift-full').length === 0) return NOTHING;
  return paragraph(
    ...methodsOf(result).map((method) =>
      changesTold(
        typst`the balanced accuracy of ${methodName(method)}`,
        against(result, 'shift-full', method),
        'With the model fitted anew as well,',
      ),
    ),
    regained(result),
  );
}

/** Of what the shift cost in AUROC, where that is known. */
function regained(result: StudyResult): Typst {
  const told = scenariosOf(result, 'shift-full').flatMap(({ category, method, recovery }) => {
    const { value = null, interval = null } = recovery?.image_auroc ?? {};
    if (value === null) return [];
    const range = interval === null ? '' : ` [${share(interval.low)}, ${share(interval.high)}]`;
    return [typst`${share(value)}${range} on ${name(category)} (${methodName(method)})`];
  });
  if (told.length === 0) return NOTHING;
  return typst`Of the AUROC that the shift cost, where it cost any beyond chance, refitting regains ${firstOf(told, 6)}.`;
}

const share = (value: number): string => percent(Math.round(value * 100) / 100).replace('-', '−');

function rungs(result: StudyResult): Typst {
  const pictures = spokenOf(result);
  if (pictures === null) return NOTHING;
  const told = methodsOf(result).flatMap((method) => {
    const each = laddersOf(result, method).flatMap((ladder) => {
      const rung = ladder.rungs.find(
        (one) => one.pictures === pictures && one.strategy === 'append',
      );
      const none = ladder.none.image_auroc?.value ?? null;
      const value = rung?.metrics.image_auroc?.value ?? null;
      return none === null || value === null
        ? []
        : [
            {
              gain: value - none,
              told: typst`from ${fixed(none)} to ${fixed(value)} on ${name(ladder.category)}`,
            },
          ];
    });
    const sorted = each.toSorted((a, b) => b.gain - a.gain).map((one) => one.told);
    return sorted.length === 0
      ? []
      : [typst`for ${methodName(method)} the AUROC goes ${firstOf(sorted, 3)}`];
  });
  if (told.length === 0) return NOTHING;
  return typst`The ladder asks for less than a new training set. When ${counted(pictures, 'good picture')} taken under the new lamp join the model, ${listed(told)} (means over lamps and draws).`;
}

/** Where pictures do not help, and what only moving the threshold does. */
function stragglers(result: StudyResult): Typst {
  const pictures = spokenOf(result);
  if (pictures === null) return NOTHING;
  const at = (metric: MetricName, strategy: 'append' | 'recalibrate') =>
    methodsOf(result).flatMap((method) => {
      const values = laddersOf(result, method).map(
        (ladder) =>
          ladder.rungs.find((rung) => rung.pictures === pictures && rung.strategy === strategy)
            ?.metrics[metric]?.value ?? null,
      );
      const known = values.filter((value) => value !== null);
      if (known.length === 0) return [];
      const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
      return [typst`${fixed(mean)} (${methodName(method)})`];
    });
  const [moved, joined] = [
    at('balanced_accuracy', 'recalibrate'),
    at('balanced_accuracy', 'append'),
  ];
  if (moved.length === 0 || joined.length === 0) return NOTHING;
  return typst`With the same pictures, moving the threshold alone comes to a mean balanced accuracy of ${listed(moved)}, letting them join as well to ${listed(joined)}.`;
}

/** More panels than these are not legible. */
const PANELS = 6;

function ladderFigure(result: StudyResult): Part {
  const gain = (category: string) =>
    Math.min(
      ...laddersOf(result)
        .filter((one) => one.category === category)
        .map((one) => one.none.image_auroc?.value ?? 1),
    );
  const most = Math.max(1, Math.floor(PANELS / methodsOf(result).length));
  const categories = [...new Set(laddersOf(result).map(({ category }) => category))];
  const drawn = categories.toSorted((a, b) => gain(a) - gain(b)).slice(0, most);
  const ladders = methodsOf(result).flatMap((method) =>
    laddersOf(result, method).filter(({ category }) => drawn.includes(category)),
  );
  const plot = ladderCurves(
    {
      id: 'paper-ladder',
      title: '',
      sentence: 'Image AUROC under new lamps against the number of good pictures taken there.',
    },
    ladders,
    'image_auroc',
    METRIC_TITLES.image_auroc,
  );
  const left = categories.length - drawn.length;
  return plotPart(
    plot,
    typst`The adaptation ladder: image AUROC under new lamps, mean with its interval and single lamps (thin), when good pictures join the model. Grey: the threshold alone is moved, which no AUROC notices. Dashed: the clean model on clean images.${left === 0 ? '' : ` The ${drawn.length} of ${categories.length} categories of lowest AUROC.`}`,
    { wide: true, columns: drawn.length, width: Math.floor(600 / drawn.length), height: 120 },
  );
}
