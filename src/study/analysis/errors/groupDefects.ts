/** Defective images in groups, by what their defects are like. */
import { percent } from '../../../calibration/percent.ts';
import type { Defect, DefectMeasures, DefectProperty } from '../../../result/analysis/errors.ts';
import { DEFECT_PROPERTIES } from '../../../result/analysis/errors.ts';

export interface Group {
  readonly label: string;
  /** What its images are, after `images`: `whose defect covers at most 0.4% of the image`. */
  readonly words: string;
  /** Above `from`, up to `to`. */
  readonly from: number | null;
  readonly to: number | null;
  /** Places in the list of defects. */
  readonly members: readonly number[];
}

export interface Grouping {
  readonly property: DefectProperty;
  /** Two or more, none of them empty, without those images whose property is not known. */
  readonly groups: readonly Group[];
  /** How many of those there are. */
  readonly leftOut: number;
}

export interface Groupings {
  readonly groupings: readonly Grouping[];
  readonly leftOut: readonly { readonly property: DefectProperty; readonly reason: string }[];
}

/**
 * Size, contrast and position are cut into terciles of these images; equal values stay together.
 */
export function groupDefects(defects: readonly Defect[]): Groupings {
  const found = DEFECT_PROPERTIES.map((property) => {
    const groups = GROUPS[property](defects).filter(({ members }) => members.length > 0);
    const known = groups.reduce((sum, { members }) => sum + members.length, 0);
    return { property, groups, leftOut: defects.length - known };
  });
  return {
    groupings: found.filter(({ groups }) => groups.length > 1),
    leftOut: found
      .filter(({ groups }) => groups.length < 2)
      .map(({ property, groups: [only] }) => ({
        property,
        reason: `not computable: ${only === undefined ? `no defect has a known ${NAMES[property]}` : `all defects are in one group, ${only.label}`}`,
      })),
  };
}

const NAMES: Readonly<Record<DefectProperty, string>> = {
  type: 'type',
  size: 'size',
  contrast: 'contrast',
  'local-contrast': 'contrast to the variation around it',
  position: 'position',
  truncation: 'truncation',
  regions: 'number of regions',
};

const GROUPS: Readonly<Record<DefectProperty, (defects: readonly Defect[]) => Group[]>> = {
  type: (defects) =>
    [...new Set(defects.map(({ defectType }) => defectType))].map((type) =>
      group(
        type,
        `of type ${type}`,
        placesOf(defects, (defect) => defect.defectType === type),
      ),
    ),
  size: (defects) =>
    terciles(
      defects,
      ({ area }) => area,
      ['small', 'medium', 'large'],
      (range) => `whose defect covers ${range} of the image`,
      percent,
    ),
  contrast: (defects) =>
    terciles(
      defects,
      ({ contrast }) => contrast.value,
      ['faint', 'medium', 'strong'],
      (range) => `whose defect differs from its surroundings by ${range} grey levels`,
      digits,
    ),
  'local-contrast': (defects) =>
    terciles(
      defects,
      ({ localContrast }) => localContrast.value,
      ['faint', 'medium', 'strong'],
      (range) =>
        `whose defect differs from its surroundings by ${range} times their standard deviation`,
      digits,
    ),
  position: (defects) =>
    terciles(
      defects,
      ({ offset }) => offset,
      ['centre', 'between', 'border'],
      (range) => `whose defect lies ${range} of the way from the centre to a corner`,
      percent,
    ),
  truncation: (defects) => [
    measured(defects, 'whole', 'whose defect is wholly in view', (own) => !own.truncated),
    measured(defects, 'cut off', 'whose defect is cut off by the edge', (own) => own.truncated),
  ],
  regions: (defects) => [
    measured(defects, 'one', 'with the defect in one piece', ({ regions }) => regions === 1),
    measured(defects, 'two', 'with the defect in two pieces', ({ regions }) => regions === 2),
    measured(
      defects,
      'more',
      'with the defect in three or more pieces',
      ({ regions }) => regions > 2,
    ),
  ],
};

const digits = (value: number): string => `${Number(value.toPrecision(3))}`;

const group = (label: string, words: string, members: readonly number[]): Group => ({
  label,
  words,
  from: null,
  to: null,
  members,
});

const measured = (
  defects: readonly Defect[],
  label: string,
  words: string,
  belongs: (measures: DefectMeasures) => boolean,
): Group =>
  group(
    label,
    words,
    placesOf(defects, ({ measures }) => measures !== null && belongs(measures)),
  );

const placesOf = (defects: readonly Defect[], belongs: (defect: Defect) => boolean): number[] =>
  defects.flatMap((defect, place) => (belongs(defect) ? [place] : []));

function terciles(
  defects: readonly Defect[],
  propertyOf: (measures: DefectMeasures) => number | null,
  labels: readonly [string, string, string],
  words: (range: string) => string,
  format: (value: number) => string,
): Group[] {
  const values = defects.map(({ measures }) => (measures === null ? null : propertyOf(measures)));
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (sorted.length === 0) return [];
  const [first, second] = [1, 2].map(
    (third) => sorted[Math.ceil((third * sorted.length) / 3) - 1]!,
  );
  const ranges: readonly (readonly [number | null, number | null, string])[] = [
    [null, first!, `at most ${format(first!)}`],
    [first!, second!, `${format(first!)} to ${format(second!)}`],
    [second!, null, `more than ${format(second!)}`],
  ];
  return ranges.map(([from, to, range], third) => ({
    label: labels[third]!,
    words: words(range),
    from,
    to,
    members: values.flatMap((value, place) =>
      value !== null && (from === null || value > from) && (to === null || value <= to)
        ? [place]
        : [],
    ),
  }));
}
