/** How many images of each kind each part of a split has. */
import { byCodePoint } from '../codePointOrder.ts';
import { type CategorySplit, imagesOf, PARTS, type Part } from './split.ts';

/**
 * Images by part and defect type, as plain data: `{ train: { good: 167, crack: 0 }, val: ... }`.
 * Every part has every type, normal ones first, then by name.
 */
export type SplitTable = Readonly<Record<Part, Readonly<Record<string, number>>>>;

export function splitTable(split: CategorySplit): SplitTable {
  const typesOf = (label: string) =>
    imagesOf(split)
      .filter((image) => image.label === label)
      .map(({ defectType }) => defectType)
      .sort(byCodePoint);
  const types = new Set([...typesOf('normal'), ...typesOf('anomalous')]);
  const countsOf = (part: Part) =>
    Object.fromEntries(
      [...types].map((type) => [type, split[part].filter((i) => i.defectType === type).length]),
    );
  const parts = PARTS.map((part) => [part, countsOf(part)]);
  return Object.fromEntries(parts) as Record<Part, Record<string, number>>;
}
