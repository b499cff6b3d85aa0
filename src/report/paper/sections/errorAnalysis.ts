/** 6: what is missed, what is rejected for nothing, and what distances come from. */
import type { ErrorCondition, RecallByGroup } from '../../../result/analysis/errors.ts';
import type { StudyResult } from '../../../result/result.ts';
import { type IntervalDot, intervalDots } from '../../plots/intervalDots.ts';
import { firstOf, methodName, name } from '../names.ts';
import { counted, percent } from '../numbers.ts';
import { EMPTY, type Part, plotPart, textPart, together } from '../part.ts';
import { data, type Inserted, NOTHING, paragraph, section, type Typst, typst } from '../typst.ts';

export function errorAnalysis(result: StudyResult): Part {
  const parts = (result.analysis.errors ?? []).flatMap(({ category, conditions }) =>
    conditions
      .filter(({ scenario }) => scenario === 'clean')
      .map((condition) => ({ category, condition })),
  );
  const explained = explanations(result);
  if (parts.length === 0 && explained === NOTHING) return EMPTY;
  return together(
    textPart(
      section(
        'Error analysis',
        paragraph(...parts.flatMap(({ category, condition }) => mistakes(category, condition))),
        paragraph(patterns(parts), bothFail(parts)),
        paragraph(explained),
      ),
    ),
    recallFigure(parts),
  );
}

interface CategoryErrors {
  readonly category: string;
  readonly condition: ErrorCondition;
}

/** Categories told one by one. */
const TOLD = 4;

function mistakes(category: string, { counts, judgements }: ErrorCondition): readonly Typst[] {
  const told = judgements
    .filter(({ kind }) => kind === 'chosen')
    .map(({ method, falseNegatives, falsePositives }) => {
      const missed = falseNegatives.data;
      const types = [...new Set(missed.map(({ defectType }) => defectType))].map((type) =>
        name(type),
      );
      const kinds = missed.length === 0 ? '' : typst` (${firstOf(types, 3)})`;
      return typst`${methodName(method)} misses ${missed.length}${kinds} and rejects ${falsePositives.data.length}`;
    });
  if (told.length === 0) return [];
  const [first, ...others] = told;
  const both =
    others.length === 0 ? (first ?? NOTHING) : typst`${first ?? NOTHING}, ${firstOf(others, 2)}`;
  return [
    typst`Of ${counts.anomalous} defective and ${counts.normal} good images of ${name(category)}, ${both}.`,
  ];
}

/** What is missed more often than chance explains; its sentences come with the result. */
function patterns(parts: readonly CategoryErrors[]): Typst {
  const all = parts.flatMap(({ category, condition }) =>
    condition.judgements
      .filter(({ kind }) => kind === 'chosen')
      .flatMap(({ patterns: own }) => own.map((pattern) => ({ category, pattern }))),
  );
  const real = all.filter(({ pattern }) => pattern.beyondChance);
  if (real.length > 0) {
    return typst`Beyond chance: ${firstOf(
      real.map(
        ({ category, pattern }) => typst`on ${name(category)}, ${sentence(pattern.sentence)}`,
      ),
      2,
    )}.`;
  }
  if (all.length === 0) return NOTHING;
  const [first] = all.toSorted((a, b) => a.pattern.pValue - b.pattern.pValue);
  return first === undefined
    ? NOTHING
    : typst`No group of defects, by type, size, contrast or place, is missed more often than chance explains after correction for the groups looked at. The nearest to it, on ${name(first.category)}: ${sentence(first.pattern.sentence)}.`;
}

/** Without its full stop. */
const sentence = (text: string): Inserted => text.replace(/\.$/, '');

function bothFail(parts: readonly CategoryErrors[]): Typst {
  const counts = parts.flatMap(({ condition }) =>
    condition.bothFail
      .filter(({ kind }) => kind === 'chosen')
      .map(({ chart }) => chart.data.counts),
  );
  if (counts.length === 0) return NOTHING;
  const both = counts.reduce((sum, one) => sum + one.both, 0);
  const single = counts.reduce(
    (sum, one) => sum + Object.values(one.one).reduce((a, b) => a + b, 0),
    0,
  );
  if (both + single === 0) return typst`No defective image is missed by either method.`;
  return typst`Both methods miss ${counted(both, 'defective image')}, and ${single} ${single === 1 ? 'is' : 'are'} missed by one of them alone: ${both > single ? 'mostly it is the image, not the method, that is hard' : 'mostly they fail on different images'}.`;
}

/** Where the largest distances lie and what they are made of. */
function explanations(result: StudyResult): Typst {
  const all = (result.analysis.interpretability ?? []).flatMap(({ method, explanations: own }) =>
    own.data.filter(({ role }) => role === 'anomalous').map((one) => ({ method, ...one })),
  );
  const marked = all.filter(({ kind }) => kind === 'defect' || kind === 'background');
  if (marked.length === 0) return NOTHING;
  const onDefect = marked.filter(({ kind }) => kind === 'defect').length;
  const beyond = all.filter(({ typical }) => (typical?.below ?? 0) === 1).length;
  const share = onDefect / marked.length;
  const verdict =
    share === 1
      ? 'the verdicts that are surest rest on the defects themselves'
      : share > 0.8
        ? 'the surest verdicts mostly rest on the defects themselves'
        : 'a high score is not always owed to the defect, and the map should be looked at before it is believed';
  return typst`Among the images of the highest scores, the patch of the largest distance lies on the marked defect in ${onDefect} of ${marked.length} (${percent(Math.round(share * 100) / 100)}), and in ${beyond} of ${all.length} it is farther from what was learnt than any patch of the normal validation images: ${verdict}.`;
}

function recallFigure(parts: readonly CategoryErrors[]): Part {
  const groups = parts.flatMap(({ category, condition }) =>
    condition.judgements
      .filter(({ kind }) => kind === 'chosen')
      .flatMap(({ method, recall }) =>
        recall
          .filter(({ property }) => property === 'size')
          .map((own) => ({ category, method, recall: own })),
      ),
  );
  const drawn = [...new Set(groups.map(({ category }) => category))].slice(0, TOLD - 1);
  const dots = groups
    .filter(({ category }) => drawn.includes(category))
    .flatMap(({ category, method, recall }): IntervalDot[] =>
      recall.chart.data.map(({ label, images, recall: value, interval }) => ({
        panel: category,
        label,
        method,
        value,
        low: interval.low,
        high: interval.high,
        n: images,
      })),
    );
  if (dots.length === 0) return EMPTY;
  const plot = intervalDots(
    {
      id: 'paper-recall',
      title: '',
      sentence:
        'Recall by size of the defect, by category and method, at the chosen threshold on clean images.',
    },
    dots,
    { title: 'Recall', domain: [0, 1], columns: drawn.length === 1 ? 1 : 2 },
  );
  return plotPart(
    plot,
    typst`Recall by size of the marked defect (thirds of the category), clean images, chosen threshold, with exact intervals. ${sizes(groups.map(({ recall }) => recall))}`,
    {
      share: drawn.length === 1 ? 0.75 : 1,
      columns: drawn.length,
      width: drawn.length === 1 ? 200 : Math.floor(250 / drawn.length),
      height: { step: 12 },
    },
  );
}

function sizes(recalls: readonly RecallByGroup[]): Typst {
  const counts = recalls.flatMap(({ chart }) => chart.data.map(({ images }) => images));
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return data(`A group holds ${least === most ? least : `${least} to ${most}`} images.`);
}
