/** How bright and how contrasty images are, by folder: is light what tells the classes apart? */

import { listed } from '../../../core/listed.ts';
import type { ExploredClass, Spread } from '../../../result/exploration.ts';
import type { Plot } from '../../plots/plot.ts';
import { type SpreadBar, spreadBars } from '../../plots/spreadBars.ts';
import { fixed } from '../../wording/withInterval.ts';
import { type CategoryImages, classTitle } from './categoryImages.ts';

type Measure = 'brightness' | 'contrast';

const WHAT: Readonly<Record<Measure, string>> = {
  brightness: 'mean grey level of an image',
  contrast: "standard deviation of an image's grey levels",
};

export const brightnessPlot = (categories: readonly CategoryImages[]): Plot | null =>
  exposurePlot(categories, 'brightness', 'Brightness');

export const contrastPlot = (categories: readonly CategoryImages[]): Plot | null =>
  exposurePlot(categories, 'contrast', 'Contrast');

function exposurePlot(
  categories: readonly CategoryImages[],
  measure: Measure,
  title: string,
): Plot | null {
  const bars: SpreadBar[] = categories.flatMap(({ name, explored }) =>
    (explored?.classes ?? []).flatMap((own) => {
      const spread = own[measure];
      if (spread === null) return [];
      const { mean: _, ...rest } = spread;
      const anomalous = own.label === 'anomalous';
      return [{ panel: name, label: classTitle(own), anomalous, n: own.images, ...rest }];
    }),
  );
  if (bars.length === 0) return null;
  const sentence = `The ${WHAT[measure]}: range, quartiles and median over the images of each folder. ${outlying(categories, measure)}`;
  return spreadBars({ id: `image-${measure}`, title, sentence }, bars, {
    title: measure === 'brightness' ? 'Mean grey level, 0 to 255' : 'Grey levels',
  });
}

/** Folders whose typical image is unlike all training images. */
function outlying(categories: readonly CategoryImages[], measure: Measure): string {
  const found = categories.flatMap(({ name, explored }) => {
    const classes = explored?.classes ?? [];
    const training = classes.find(({ phase }) => phase === 'train')?.[measure];
    if (!training) return [];
    return classes
      .filter(({ phase }) => phase === 'test')
      .flatMap((own) => describeOutside(own, own[measure], training, name));
  });
  if (found.length === 0) {
    return `No folder has its median outside of the range of the training images: nothing here suggests that ${measure} alone tells defective images from good ones.`;
  }
  return `The median is outside of the range of the training images for ${listed(found)}: there a difference in ${measure} may be part of what is detected.`;
}

function describeOutside(
  own: ExploredClass,
  spread: Spread | null,
  training: Spread,
  category: string,
): string[] {
  if (spread === null || (spread.median >= training.min && spread.median <= training.max))
    return [];
  const range = `${fixed(training.min, 0)} to ${fixed(training.max, 0)}`;
  return [`${category}, ${classTitle(own)} (${fixed(spread.median, 0)} against ${range})`];
}
