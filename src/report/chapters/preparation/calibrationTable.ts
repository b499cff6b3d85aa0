/** What thresholds were set on, and what the one from normal images alone can promise. */
import type { StudyResult } from '../../../result/result.ts';
import { numberCell, type Table } from '../../tables/table.ts';

/** Null where no scenario has been run on clean images. */
export function calibrationTable({ experiments }: StudyResult): Table | null {
  const { clean = [] } = experiments;
  // What is promised follows from the number of images, not from the method.
  const first = new Map(clean.map((scenario) => [scenario.category, scenario]));
  if (first.size === 0) return null;
  return {
    id: 'calibration',
    title: 'Validation images and what they can promise',
    note: 'The threshold from normal images alone is their k-th smallest score of n. On average over validation sets, at most (n + 1 - k) / (n + 1) of good images are above it; for this very set, at most the last column with 95% confidence. All of it holds for images taken like these. F1-optimal thresholds depend on the share of defects they were chosen at.',
    columns: [
      { title: 'Category' },
      { title: 'Good', align: 'right' },
      { title: 'Defective', align: 'right' },
      { title: 'Defective, validation', align: 'right' },
      { title: 'Defective, test', align: 'right' },
      { title: 'Aimed at', align: 'right' },
      { title: 'Rank k', align: 'right' },
      { title: 'Promised on average', align: 'right' },
      { title: 'Promised for this set', align: 'right' },
    ],
    rows: [...first.values()].map(({ category, counts, runs }) => {
      const { validation, test } = counts;
      const rule = runs[0]?.thresholds.normalOnly;
      const rate = (value: number | undefined) =>
        value === undefined
          ? numberCell(null, 1, { reason: 'no threshold' })
          : numberCell(100 * value, 1, { unit: '%' });
      return [
        category,
        numberCell(validation.normal, 0),
        numberCell(validation.anomalous, 0),
        share(validation),
        share(test),
        rate(rule?.targetFpr),
        rule === undefined
          ? ''
          : `${rule.k} of ${rule.n}${rule.rule === 'maximum' ? ' (highest)' : ''}`,
        rate(rule?.averageFpr),
        rate(rule?.upperFpr),
      ];
    }),
  };
}

function share({ normal, anomalous }: { readonly normal: number; readonly anomalous: number }) {
  const all = normal + anomalous;
  return all === 0
    ? numberCell(null, 0, { reason: 'no images' })
    : numberCell((100 * anomalous) / all, 0, { unit: '%' });
}
