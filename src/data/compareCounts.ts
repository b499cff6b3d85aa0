/** Counts a category's images, and compares the counts with those published for MVTec AD. */
import { byCodePoint } from './codePointOrder.ts';
import type { Category } from './dataset.ts';
import { GOOD } from './labelledFolders.ts';
import type { Problem } from './problem.ts';
import { MVTEC_AD_COUNTS } from './publishedCounts.ts';

export interface CategoryCounts {
  readonly train: number;
  /** Test images by defect type, `good` among them. */
  readonly test: Readonly<Record<string, number>>;
  readonly masks: number;
}

/**
 * - `same`: as published for MVTec AD
 * - `different`: a category of that name is published, with other counts
 * - `unknown`: no counts are published for this name
 */
export type PublishedComparison = 'same' | 'different' | 'unknown';

export function countCategory({ train, test }: Category): CategoryCounts {
  const byType = new Map<string, number>();
  for (const { defectType } of test) byType.set(defectType, (byType.get(defectType) ?? 0) + 1);
  return {
    train: train.length,
    test: Object.fromEntries([...byType].sort(([a], [b]) => byCodePoint(a, b))),
    masks: test.filter(({ maskPath }) => maskPath !== undefined).length,
  };
}

/** The name decides which published category it is; the problem, if any, lists every difference. */
export function compareCounts(
  { name, root }: Category,
  counts: CategoryCounts,
): { readonly published: PublishedComparison; readonly problems: readonly Problem[] } {
  const published = MVTEC_AD_COUNTS.get(name);
  if (published === undefined) return { published: 'unknown', problems: [] };
  const expected: Record<string, number> = { [GOOD]: published.testGood, ...published.defects };
  const types = new Set([...Object.keys(expected), ...Object.keys(counts.test)]);
  const defective = Object.values(published.defects).reduce((sum, count) => sum + count, 0);
  const rows: [string, number, number][] = [
    ['train good', counts.train, published.trainGood],
    ...[...types].map((type): [string, number, number] => [
      `test ${type}`,
      counts.test[type] ?? 0,
      expected[type] ?? 0,
    ]),
    ['masks', counts.masks, defective],
  ];
  const differences = rows
    .filter(([, found, wanted]) => found !== wanted)
    .map(([what, found, wanted]) => `${what} ${found} instead of ${wanted}`);
  if (differences.length === 0) return { published: 'same', problems: [] };
  const problem: Problem = {
    kind: 'published-counts',
    severity: 'warning',
    path: root,
    message: `${name} is not as published in MVTec AD: ${differences.join(', ')}`,
    remedy: 'download it anew if it should be; else do not compare results with published tables',
  };
  return { published: 'different', problems: [problem] };
}
