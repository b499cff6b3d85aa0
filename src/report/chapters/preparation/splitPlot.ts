/** Images by part of the split and label, a panel for each category. */

import type { Plot } from '../../plots/plot.ts';
import { stackedBars } from '../../plots/stackedBars.ts';
import { type CategorySplit, imagesIn, PART_TITLES, PARTS } from './categorySplits.ts';

export function splitPlot(splits: readonly CategorySplit[], sentence: string): Plot {
  const bars = splits.flatMap((split) =>
    PARTS.flatMap((part) =>
      (['normal', 'anomalous'] as const).map((label) => ({
        panel: split.name,
        label: PART_TITLES[part],
        part: label,
        value: imagesIn(split, part, label),
      })),
    ),
  );
  return stackedBars({ id: 'split', title: 'Images by part of the split', sentence }, bars, {
    title: 'Images',
    parts: [
      { name: 'normal', colour: (theme) => theme.normal },
      { name: 'anomalous', colour: (theme) => theme.anomalous },
    ],
    columns: 3,
  });
}
