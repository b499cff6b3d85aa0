/** Clean pictures beside their shifted ones. */
import type { Picture, PictureIndex } from '../../../result/pictures.ts';
import type { Block, PictureRow, Tabs } from '../../report.ts';

/** Of good images, and of each type of defect. */
const GOOD = 3;
const DEFECTIVE = 1;
/** Of a category. */
const MOST = 8;

/** A tab for each category that there are pictures of under both conditions. */
export function shiftedTabs(categories: readonly string[], { pictures }: PictureIndex): Block[] {
  const tabs: Tabs['tabs'][number][] = [];
  for (const [place, name] of categories.entries()) {
    const pairs = pairsOf(pictures.filter(({ category }) => category === name));
    if (pairs.length > 0) tabs.push({ title: name, blocks: [rowOf(pairs, name, place)] });
  }
  return tabs.length === 0 ? [] : [{ kind: 'tabs', label: 'Category', tabs }];
}

interface Pair {
  readonly clean: Picture;
  readonly shifted: Picture;
}

/** Good images, then one of each type of defect; those with a mask first. */
function pairsOf(pictures: readonly Picture[]): Pair[] {
  const shifted = new Map(
    pictures.filter(({ condition }) => condition === 'shifted').map((own) => [own.id, own]),
  );
  const pairs = pictures
    .filter(({ condition }) => condition === 'clean')
    .flatMap((clean) => {
      const other = shifted.get(clean.id);
      return other === undefined ? [] : [{ clean, shifted: other }];
    })
    .sort((a, b) => Number(a.clean.mask === null) - Number(b.clean.mask === null));
  const good = pairs.filter(({ clean }) => clean.label === 'normal');
  const defective = pairs.filter(({ clean }) => clean.label === 'anomalous');
  const types = [...new Set(defective.map(({ clean }) => clean.defectType))];
  const firsts = types.flatMap((type) =>
    defective.filter(({ clean }) => clean.defectType === type).slice(0, DEFECTIVE),
  );
  return [...good.slice(0, GOOD), ...firsts].slice(0, MOST);
}

function rowOf(pairs: readonly Pair[], category: string, place: number): PictureRow {
  return {
    kind: 'pictures',
    id: `shifted-${place}`,
    title: `${category}: clean and shifted`,
    sentence:
      'Each image as it is and beside it as shifted; where there is a mask, it has moved with the image.',
    items: pairs.map(({ clean, shifted }) => ({
      caption: `${clean.defectType}: ${clean.id}`,
      files: [
        { file: clean.image, alt: 'clean' },
        { file: shifted.image, alt: 'shifted' },
        ...(shifted.mask === null ? [] : [{ file: shifted.mask, alt: 'mask, shifted' }]),
      ],
    })),
  };
}
