/** 5.6: single changes of imaging conditions, and training under other ones. */
import type { RobustnessResult } from '../../../result/analysis/robustness.ts';
import type { StudyResult } from '../../../result/result.ts';
import type { Method } from '../../../result/scenario.ts';
import { type IntervalDot, intervalDots } from '../../plots/intervalDots.ts';
import { methodsOf } from '../facts.ts';
import { firstOf, listed, methodName, name } from '../names.ts';
import { counted, fixed, signed, withInterval } from '../numbers.ts';
import { EMPTY, type Part, plotPart, textPart, together } from '../part.ts';
import { NOTHING, paragraph, subsection, type Typst, typst } from '../typst.ts';

export function robustnessResults(result: StudyResult): Part {
  const parts = (result.analysis.robustness ?? []).filter(
    ({ ranking }) => ranking.data.presets.length > 0,
  );
  const [first] = parts;
  if (first === undefined) return EMPTY;
  const { subset, ranking } = first;
  return together(
    textPart(
      subsection(
        'Robustness',
        paragraph(
          typst`Which part of a shift does the harm? The clean models met ${counted(ranking.data.presets.length, 'preset')} one by one, at up to level _${ranking.data.level}_, on the same ${subset.normal} good and ${subset.anomalous} defective test images of a category or fewer (@fig-paper-robustness).`,
          ...methodsOf(result).map((method) =>
            harm(
              parts.filter((one) => one.method === method),
              method,
            ),
          ),
        ),
        paragraph(crossShift(parts)),
      ),
    ),
    figure(result, parts),
  );
}

/** Presets by in how many categories they cost, and the one that costs most. */
function harm(parts: readonly RobustnessResult[], method: Method): Typst {
  const losses = parts.flatMap(({ category, ranking }) =>
    ranking.data.presets.map((loss) => ({ ...loss, category })),
  );
  if (losses.length === 0) return NOTHING;
  const costly = losses.filter(({ verdict }) => verdict === 'costs');
  const presets = [...new Set(losses.map(({ preset }) => preset))];
  const spared = presets.filter((preset) =>
    losses.every((loss) => loss.preset !== preset || loss.verdict !== 'costs'),
  );
  if (costly.length === 0) {
    return typst`${methodName(method)} is not shown to lose AUROC under any of them; with so few images only large losses could be.`;
  }
  const worst = costly.toSorted((a, b) => (a.change.value ?? 0) - (b.change.value ?? 0))[0];
  const most =
    worst === undefined || worst.change.value === null
      ? NOTHING
      : typst`; most on ${name(worst.category)} under ${worst.preset} (${withInterval(worst.change.value, worst.change.interval, 2, signed)})`;
  const kept =
    spared.length === 0
      ? typst` No preset spares every category.`
      : typst` No loss is shown in any category under ${firstOf(spared, 6)}.`;
  return typst`${methodName(method)} loses AUROC in ${costly.length} of ${counted(losses.length, 'case')}${most}.${kept}`;
}

interface Safest {
  readonly category: string;
  readonly method: Method;
  readonly condition: string;
  /** The lowest AUROC over conditions of the model fitted on clean images, and of the safest. */
  readonly clean: number;
  readonly value: number;
}

/** Whether training under other conditions makes the worst case better. */
function crossShift(parts: readonly RobustnessResult[]): Typst {
  const [first] = parts.flatMap(({ crossShift: cross }) => cross?.conditions.slice(1) ?? []);
  const conditions = parts.find((one) => one.crossShift !== null)?.crossShift?.conditions ?? [];
  const cases = parts.flatMap(safest);
  if (first === undefined || cases.length === 0) return NOTHING;
  const better = cases
    .filter(({ value, clean }) => value > clean)
    .toSorted((a, b) => b.value - b.clean - (a.value - a.clean));
  const opening = typst`Fitted, calibrated and tested under each of ${listed(conditions)}, models differ in their lowest AUROC over conditions`;
  const [most] = better;
  if (most === undefined) {
    return typst`${opening}: fitting on clean images is the safest in all ${counted(cases.length, 'case')}.`;
  }
  return typst`${opening}: another condition than clean is the safest to fit on in ${better.length} of ${counted(cases.length, 'case')}, by most on ${name(most.category)} with ${methodName(most.method)}, where _${most.condition}_ raises the lowest from ${fixed(most.clean)} to ${fixed(most.value)}. No test was declared of it.`;
}

function safest({ category, method, crossShift: cross }: RobustnessResult): readonly Safest[] {
  if (cross === null) return [];
  const { conditions, values } = cross.auroc.data;
  const lowest = conditions.flatMap((condition, i) => {
    const known = (values[i] ?? []).filter((value) => value !== null);
    return known.length === 0 ? [] : [{ condition, value: Math.min(...known) }];
  });
  const clean = lowest.find(({ condition }) => condition === 'clean');
  const [best] = lowest.toSorted((a, b) => b.value - a.value);
  if (clean === undefined || best === undefined) return [];
  return [{ category, method, clean: clean.value, ...best }];
}

/** Categories drawn; of more, those that lose most. */
const DRAWN = 3;

function figure(result: StudyResult, parts: readonly RobustnessResult[]): Part {
  const lost = (category: string) =>
    Math.min(
      ...parts
        .filter((one) => one.category === category)
        .flatMap(({ ranking }) => ranking.data.presets.map(({ change }) => change.value ?? 0)),
    );
  const categories = [...new Set(parts.map(({ category }) => category))];
  const worst = categories.toSorted((a, b) => lost(a) - lost(b)).slice(0, DRAWN);
  const drawn = categories.filter((category) => worst.includes(category));
  const presets = presetOrder(parts);
  const dots = drawn.flatMap((category) =>
    presets.flatMap((preset) =>
      methodsOf(result).flatMap((method): IntervalDot[] => {
        const own = parts.find((one) => one.category === category && one.method === method);
        const found = own?.ranking.data.presets.find((one) => one.preset === preset);
        if (own === undefined || found === undefined || found.change.value === null) return [];
        return [
          {
            panel: category,
            label: preset,
            method,
            value: found.change.value,
            low: found.change.interval?.low ?? null,
            high: found.change.interval?.high ?? null,
            n: own.subset.normal + own.subset.anomalous,
          },
        ];
      }),
    ),
  );
  if (dots.length === 0) return EMPTY;
  const level = parts[0]?.ranking.data.level ?? 'severe';
  const plot = intervalDots(
    {
      id: 'paper-robustness',
      title: '',
      sentence: `Change of image AUROC under each preset at level ${level}, by category and method.`,
    },
    dots,
    { title: 'Change of image AUROC', reference: 0, columns: 3 },
  );
  return plotPart(
    plot,
    typst`What each preset at level _${level}_ costs in image AUROC, with its interval, ordered by the mean.${drawn.length === categories.length ? '' : ` The ${drawn.length} of ${categories.length} categories that lose most.`}`,
    { wide: true, columns: 3, width: 175, height: 20 + 15 * presets.length },
  );
}

/** The costliest first, on average. */
function presetOrder(parts: readonly RobustnessResult[]): readonly string[] {
  const losses = parts.flatMap(({ ranking }) => ranking.data.presets);
  const mean = (preset: string) => {
    const own = losses.filter((loss) => loss.preset === preset);
    return own.reduce((sum, { change }) => sum + (change.value ?? 0), 0) / own.length;
  };
  const names = [...new Set(losses.map(({ preset }) => preset))];
  return names.toSorted((a, b) => mean(a) - mean(b));
}
