/** Defects: how many of each type, how many with a mask, and how large. */

import { counted } from '../../../core/listed.ts';
import type { Plot } from '../../plots/plot.ts';
import { spreadBars } from '../../plots/spreadBars.ts';
import { stackedBars } from '../../plots/stackedBars.ts';
import type { CategoryImages } from './categoryImages.ts';

const WITH = 'with a mask';
const WITHOUT = 'without a mask';

export function defectTypesPlot(categories: readonly CategoryImages[]): Plot | null {
  const bars = categories.flatMap(({ name, explored }) =>
    (explored?.classes ?? [])
      .filter(({ label }) => label === 'anomalous')
      .flatMap(({ defectType, images, masks }) => [
        { panel: name, label: defectType, part: WITH, value: masks?.present ?? 0 },
        { panel: name, label: defectType, part: WITHOUT, value: images - (masks?.present ?? 0) },
      ]),
  );
  if (bars.length === 0) return null;
  const types = categories.flatMap(({ name, explored }) =>
    (explored?.classes ?? [])
      .filter(({ label }) => label === 'anomalous')
      .map(({ defectType, images }) => ({ title: `${defectType} of ${name}`, images })),
  );
  const rarest = types.reduce((least, own) => (own.images < least.images ? own : least));
  const commonest = types.reduce((most, own) => (own.images > most.images ? own : most));
  const sentence =
    rarest.images === commonest.images
      ? `Every type of defect has ${counted(rarest.images, 'image')}.`
      : `A type of defect has between ${counted(rarest.images, 'image')} (${rarest.title}) and ${commonest.images} (${commonest.title}): of the rarest, single images decide.`;
  return stackedBars({ id: 'defect-types', title: 'Types of defect', sentence }, bars, {
    title: 'Images',
    parts: [
      { name: WITH, colour: (theme) => theme.anomalous },
      { name: WITHOUT, colour: (theme) => theme.faint },
    ],
    ownLabels: true,
  });
}

export function maskAreaPlot(categories: readonly CategoryImages[]): Plot | null {
  const bars = categories.flatMap(({ name, explored }) =>
    (explored?.classes ?? []).flatMap(({ defectType, masks }) => {
      if (!masks?.areaShare) return [];
      const { min, q25, median, q75, max } = masks.areaShare;
      const percent = (share: number) => 100 * share;
      return [
        {
          panel: name,
          label: defectType,
          anomalous: true,
          n: masks.present,
          min: percent(min),
          q25: percent(q25),
          median: percent(median),
          q75: percent(q75),
          max: percent(max),
        },
      ];
    }),
  );
  if (bars.length === 0) return null;
  const smallest = bars.reduce((least, own) => (own.median < least.median ? own : least));
  const largest = bars.reduce((most, own) => (own.median > most.median ? own : most));
  const area = ({ median }: { median: number }) => `${Number(median.toPrecision(2))}%`;
  const sentence =
    bars.length === 1
      ? `Defects of ${smallest.label} cover ${area(smallest)} of an image (median of ${counted(smallest.n, 'mask')}).`
      : `Median over masks: from ${area(smallest)} of the image (${smallest.label} of ${smallest.panel}, ${counted(smallest.n, 'mask')}) to ${area(largest)} (${largest.label} of ${largest.panel}, ${largest.n}). Lines are ranges, boxes quartiles.`;
  return spreadBars({ id: 'mask-area', title: 'Size of defects', sentence }, bars, {
    title: 'Share of the image, % (square root scale)',
    scale: 'sqrt',
  });
}
