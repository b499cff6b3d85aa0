/** 5.5: one choice changed at a time. */
import type { AblationFactor, AblationResult } from '../../../result/analysis/ablation.ts';
import type { StudyResult } from '../../../result/result.ts';
import type { Method } from '../../../result/scenario.ts';
import { leavesOutZero } from '../changes.ts';
import { methodsOf } from '../facts.ts';
import { NONE, paperTable } from '../figures.ts';
import { firstOf, listed, methodName, name } from '../names.ts';
import { fixed, signed, withInterval } from '../numbers.ts';
import { type Inserted, NOTHING, paragraph, subsection, type Typst, typst } from '../typst.ts';

const FACTOR_WORDS: Readonly<Record<AblationFactor, string>> = {
  coreset: 'share kept in the bank',
  layers: 'layers',
  score: 'image score',
  embedding: 'embedding',
  'input-size': 'input size',
  'coreset-projection': 'projection for the coreset',
  'embedding-projection': 'projection of embeddings',
  channels: 'channels',
  'channel-ranking': 'choice of channels',
  backbone: 'backbone',
  'training-images': 'training images',
};

interface LevelChange {
  readonly category: string;
  readonly value: number;
  readonly interval: { readonly low: number; readonly high: number } | null;
}

interface ChangedLevel {
  readonly method: Method;
  readonly factor: AblationFactor;
  readonly label: string;
  readonly changes: readonly LevelChange[];
}

export function ablationResults(result: StudyResult): Typst {
  const parts = result.analysis.ablation ?? [];
  const levels = levelsOf(parts);
  if (levels.length === 0) return NOTHING;
  const telling = levels.filter((level) => level.changes.some(differs));
  return subsection(
    'Ablations',
    paragraph(
      typst`Each choice was changed alone, with everything else as in @tab-settings, and the image AUROC on clean test images compared (first seed).`,
      ...methodsOf(result).map((method) => unmoved(levels.filter((one) => one.method === method))),
      telling.length === 0
        ? typst`No level of any factor differs beyond its interval.`
        : typst`@tab-ablations has the levels that differ in some category; each interval stands for itself.`,
    ),
    paragraph(...methodsOf(result).map((method) => layers(parts, method))),
    telling.length === 0 ? NOTHING : table(result, telling),
  );
}

const differs = ({ interval }: LevelChange): boolean => leavesOutZero(interval) === true;

function levelsOf(parts: readonly AblationResult[]): readonly ChangedLevel[] {
  const all = parts.flatMap(({ category, method, factors }) =>
    factors.flatMap(({ factor, chart }) =>
      chart.data.flatMap(({ label, change }) => {
        const found = change?.image_auroc;
        if (found === undefined || found.value === null) return [];
        return [{ method, factor, label, category, value: found.value, interval: found.interval }];
      }),
    ),
  );
  return all.flatMap((one, i) => {
    const same = (other: typeof one) =>
      other.method === one.method && other.factor === one.factor && other.label === one.label;
    if (all.findIndex(same) < i) return [];
    const { method, factor, label } = one;
    return [{ method, factor, label, changes: all.filter(same) }];
  });
}

/** Factors of which no level differs anywhere, and how far they moved at most. */
function unmoved(levels: readonly ChangedLevel[]): Typst {
  const [first] = levels;
  if (first === undefined) return NOTHING;
  const factors = [...new Set(levels.map(({ factor }) => factor))];
  const alike = factors.filter((factor) =>
    levels.every((level) => level.factor !== factor || !level.changes.some(differs)),
  );
  const method = methodName(first.method);
  if (alike.length === 0) return typst`For ${method} every factor matters somewhere.`;
  const told = alike.map((factor) => {
    const moves = levels
      .filter((level) => level.factor === factor)
      .flatMap(({ changes }) => changes);
    const most = Math.max(...moves.map(({ value }) => Math.abs(value)));
    return typst`${FACTOR_WORDS[factor]} (at most ${fixed(most)})`;
  });
  return typst`For ${method} no difference is shown, in any category, for ${listed(told)}.`;
}

function layers(parts: readonly AblationResult[], method: Method): Typst {
  const known = parts
    .filter((one) => one.method === method)
    .flatMap(({ category, layerImportance }) => {
      const best = layerImportance?.data
        .filter(({ alone }) => alone !== null)
        .toSorted((a, b) => (b.alone ?? 0) - (a.alone ?? 0))[0];
      return best === undefined || best.alone === null
        ? []
        : [typst`${name(best.layer)} on ${name(category)} (${fixed(best.alone)})`];
    });
  if (known.length === 0) return NOTHING;
  return typst`Of single layers, for ${methodName(method)}, the best is ${firstOf(known, 4)}.`;
}

/** Categories as columns, where so many fit. */
const COLUMNS = 4;
/** Levels of a method, those of the largest changes. */
const LEVELS = 10;

function table(result: StudyResult, levels: readonly ChangedLevel[]): Typst {
  const categories = result.categories.map(({ name: category }) => category);
  const few = categories.length <= COLUMNS;
  const shown = methodsOf(result).flatMap((method) =>
    levels
      .filter((level) => level.method === method)
      .toSorted((a, b) => size(b) - size(a))
      .slice(0, LEVELS),
  );
  const groups = methodsOf(result).map((method) =>
    shown
      .filter((level) => level.method === method)
      .toSorted((a, b) => order(a) - order(b))
      .map((level, i): readonly Inserted[] => [
        i === 0 ? methodName(method) : '',
        `${FACTOR_WORDS[level.factor]}: ${name(level.label)}`,
        ...(few
          ? categories.map((category) =>
              cell(level.changes.find((one) => one.category === category)),
            )
          : [worst(level)]),
      ]),
  );
  const left = levels.length - shown.length;
  return paperTable({
    label: 'tab-ablations',
    caption: typst`Ablations that differ from the study's choice: change of image AUROC. Bold: the interval leaves out zero.${few ? '' : ' Of many categories, the one that moves most.'}${left === 0 ? '' : ` ${left} more with smaller changes are left out.`}`,
    columns: [
      { title: 'Method' },
      { title: 'Instead of the study’s' },
      ...(few
        ? categories.map((category) => ({ title: name(category, 16), align: 'right' as const }))
        : [{ title: 'Largest change', align: 'right' as const }]),
    ],
    groups,
    wide: true,
  });
}

const size = ({ changes }: ChangedLevel): number =>
  Math.max(...changes.filter(differs).map(({ value }) => Math.abs(value)), 0);

const order = ({ factor }: ChangedLevel): number => Object.keys(FACTOR_WORDS).indexOf(factor);

function cell(change: LevelChange | undefined): Inserted {
  if (change === undefined) return NONE;
  const told = withInterval(change.value, change.interval, 3, signed);
  return differs(change) ? typst`*${told}*` : told;
}

function worst({ changes }: ChangedLevel): Typst {
  const [most] = changes.filter(differs).toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value));
  return most === undefined ? NONE : typst`${cell(most)} (${name(most.category, 16)})`;
}
