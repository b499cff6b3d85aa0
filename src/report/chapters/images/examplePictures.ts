/** Some images of every kind, with the masks of their defects. */
import type { Picture, PictureIndex } from '../../../result/pictures.ts';
import type { Block, PictureRow, Tabs } from '../../report.ts';
import type { CategoryImages } from './categoryImages.ts';

/** Of good images, and of each type of defect. */
const GOOD = 3;
const DEFECTIVE = 2;

/** A tab for each category that there are pictures of; none where there are none. */
export function exampleTabs(
  categories: readonly CategoryImages[],
  { pictures }: PictureIndex,
): Block[] {
  const tabs: Tabs['tabs'][number][] = [];
  for (const [place, { name }] of categories.entries()) {
    const own = pictures.filter(
      ({ category, condition }) => category === name && condition === 'clean',
    );
    if (own.length > 0) tabs.push({ title: name, blocks: [examples(own, name, place)] });
  }
  return tabs.length === 0 ? [] : [{ kind: 'tabs', label: 'Category', tabs }];
}

function examples(pictures: readonly Picture[], category: string, place: number): PictureRow {
  const shown = chooseExamples(pictures);
  const masks = shown.filter(({ mask }) => mask !== null).length;
  return {
    kind: 'pictures',
    id: `examples-${place}`,
    title: `${category}: good and defective`,
    sentence: `The first images of every type${masks > 0 ? '; white in a mask is defect' : ''}.`,
    items: shown.map(({ id, defectType, image, mask }) => ({
      caption: `${defectType}: ${id}`,
      files: [
        { file: image, alt: 'photograph' },
        ...(mask === null ? [] : [{ file: mask, alt: 'mask' }]),
      ],
    })),
  };
}

/** Good training images, then of each type of defect, those with a mask first. */
export function chooseExamples(pictures: readonly Picture[]): Picture[] {
  const good = pictures.filter(({ label }) => label === 'normal');
  const training = good.filter(({ split }) => split === 'train');
  const defective = pictures.filter(({ label }) => label === 'anomalous');
  const types = [...new Set(defective.map(({ defectType }) => defectType))];
  return [
    ...(training.length > 0 ? training : good).slice(0, GOOD),
    ...types.flatMap((type) => {
      const own = defective.filter(({ defectType }) => defectType === type);
      const masked = own.filter(({ mask }) => mask !== null);
      return [...masked, ...own.filter(({ mask }) => mask === null)].slice(0, DEFECTIVE);
    }),
  ];
}
