/** The gallery without its looks: one entry for each image and judgement, chosen and in order. */
import type { GalleryJudgement, GalleryPicture } from '../../pageData.ts';

export interface GalleryEntry {
  readonly picture: GalleryPicture;
  readonly judgement: GalleryJudgement;
  /** How far on the right side of the threshold the score lies, in thresholds; below 0 is a mistake. */
  readonly margin: number | null;
}

export const FILTERS = [
  'category',
  'condition',
  'method',
  'defectType',
  'class',
  'outcome',
] as const;
export type FilterName = (typeof FILTERS)[number];
/** What is absent or empty is not asked for. */
export type Filter = Readonly<Partial<Record<FilterName, string>>>;

export type Order = 'worst' | 'best' | 'name';

export function galleryEntries(pictures: readonly GalleryPicture[]): readonly GalleryEntry[] {
  return pictures.flatMap((picture) =>
    picture.judgements.map((judgement) => ({
      picture,
      judgement,
      margin: margin(picture, judgement),
    })),
  );
}

/** Scores of different models have different scales: their thresholds are the unit. */
function margin(
  { anomalous }: GalleryPicture,
  { score, threshold }: GalleryJudgement,
): number | null {
  if (threshold === 0) return null;
  const above = (score - threshold) / Math.abs(threshold);
  return anomalous ? above : -above;
}

export function filterValue({ picture, judgement }: GalleryEntry, name: FilterName): string {
  switch (name) {
    case 'method':
    case 'outcome':
      return judgement[name];
    case 'class':
      return picture.anomalous ? 'anomalous' : 'normal';
    default:
      return picture[name];
  }
}

export function filterEntries(
  entries: readonly GalleryEntry[],
  filter: Filter,
): readonly GalleryEntry[] {
  const asked = FILTERS.filter((name) => (filter[name] ?? '') !== '');
  return entries.filter((entry) =>
    asked.every((name) => filterValue(entry, name) === filter[name]),
  );
}

/** Equal margins keep their order; those without one come last. */
export function sortEntries(
  entries: readonly GalleryEntry[],
  order: Order,
): readonly GalleryEntry[] {
  if (order === 'name') return [...entries].sort((a, b) => compareNames(a, b));
  const sign = order === 'worst' ? 1 : -1;
  const place = ({ margin: own }: GalleryEntry) => (own === null ? Number.MAX_VALUE : sign * own);
  return [...entries].sort((a, b) => place(a) - place(b));
}

function compareNames({ picture: a }: GalleryEntry, { picture: b }: GalleryEntry): number {
  const names = (picture: GalleryPicture) => `${picture.category}/${picture.id}`;
  return names(a) < names(b) ? -1 : names(a) > names(b) ? 1 : 0;
}

export interface GalleryPage {
  readonly entries: readonly GalleryEntry[];
  /** From 0; the nearest there is to the one asked for. */
  readonly page: number;
  readonly pages: number;
  /** Places of the first and last entry, from 1; 0 where there are none. */
  readonly first: number;
  readonly last: number;
}

export function pageOf(entries: readonly GalleryEntry[], asked: number, size: number): GalleryPage {
  const pages = Math.max(1, Math.ceil(entries.length / size));
  const page = Math.min(Math.max(asked, 0), pages - 1);
  const shown = entries.slice(page * size, (page + 1) * size);
  const first = shown.length === 0 ? 0 : page * size + 1;
  return { entries: shown, page, pages, first, last: page * size + shown.length };
}
