/** How many defective images are found of each group, and whether groups differ. */
import { counted } from '../../../core/listed.ts';
import type {
  DefectGroup,
  DefectProperty,
  RecallByGroup,
} from '../../../result/analysis/errors.ts';
import { clopperPearson } from '../../../stats/clopperPearson.ts';
import { fisherExact } from '../../../stats/fisherExact.ts';
import { median } from '../../../stats/robust.ts';
import { pText, recallText } from './errorWords.ts';
import type { Grouping } from './groupDefects.ts';

/** How each defective image is judged, in their order. */
export interface JudgedDefects {
  readonly found: readonly boolean[];
  /** Above the threshold; null where there is no scale. */
  readonly margins: readonly (number | null)[];
}

/** @param where who judges: `PaDiM, bottle, clean` */
export function recallByGroup(
  { property, groups, leftOut }: Grouping,
  { found, margins }: JudgedDefects,
  confidence: number,
  where: string,
): RecallByGroup {
  const data = groups.map(({ label, from, to, members }): DefectGroup => {
    const hits = members.filter((place) => found[place]).length;
    return {
      label,
      from,
      to,
      images: members.length,
      found: hits,
      recall: hits / members.length,
      interval: clopperPearson(hits, members.length, confidence),
      margin: medianOf(members.map((place) => margins[place]!)),
    };
  });
  const test = testGroups(data);
  return {
    property,
    leftOut,
    chart: {
      title: `Recall by ${TITLES[property]}: ${where}`,
      sentence: sentenceOf(data, test, confidence, leftOut),
      data,
    },
    test,
  };
}

/** Images have margins all or none. */
function medianOf(margins: readonly (number | null)[]): number | null {
  const known = margins.filter((margin) => margin !== null);
  return known.length === 0 ? null : median(known);
}

const TITLES: Readonly<Record<DefectProperty, string>> = {
  type: 'type of defect',
  size: 'size of the defect',
  contrast: 'contrast of the defect',
  'local-contrast': 'contrast of the defect to the variation around it',
  position: 'position of the defect',
  truncation: 'truncation of the defect',
  regions: 'number of defects in the image',
};

/** Each group against all others; choosing the most surprising is made up for (Bonferroni). */
function testGroups(groups: readonly DefectGroup[]): RecallByGroup['test'] {
  const total = sumOf(groups, ({ images }) => images);
  const hits = sumOf(groups, ({ found }) => found);
  const outcomes = groups.map(({ images, found }) =>
    fisherExact([
      [found, images - found],
      [hits - found, total - images - (hits - found)],
    ]),
  );
  const known = outcomes.flatMap(({ pValue }) => (pValue === null ? [] : [pValue]));
  if (known.length === 0) return { pValue: null, reason: hits === 0 ? NONE_FOUND : NONE_MISSED };
  // The two groups of a pair make the same test.
  const choices = groups.length === 2 ? 1 : groups.length;
  return { pValue: Math.min(1, choices * Math.min(...known)), reason: null };
}

const NONE_FOUND = 'not computable: none is found';
const NONE_MISSED = 'not computable: none is missed';

const sumOf = <T>(all: readonly T[], of: (one: T) => number): number =>
  all.reduce((sum, one) => sum + of(one), 0);

function sentenceOf(
  groups: readonly DefectGroup[],
  { pValue, reason }: RecallByGroup['test'],
  confidence: number,
  leftOut: number,
): string {
  const recalls = groups.map((group) => `${group.label} ${recallText(group)}`).join('; ');
  const verdict =
    pValue === null
      ? `Whether they differ is ${reason}`
      : pValue <= 1 - confidence
        ? `They differ more than chance explains (Fisher's exact test, ${pText(pValue)})`
        : `No difference is shown (Fisher's exact test, ${pText(pValue)})`;
  const unknown =
    leftOut === 0 ? '' : ` ${counted(leftOut, 'defective image')} without that measure left out.`;
  return `Found: ${recalls}. ${verdict}.${unknown}`;
}
