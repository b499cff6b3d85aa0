/** The deepest mistakes to look at: photograph, mask and the method's anomaly map. */
import type { ErrorCondition } from '../../../result/analysis/errors.ts';
import { METHOD_TITLES } from '../../../result/methodTitle.ts';
import type { Picture, PictureIndex } from '../../../result/pictures.ts';
import type { Method } from '../../../result/scenario.ts';
import type { Block, PictureRow } from '../../report.ts';

/** Of each method, missed and falsely flagged. */
const SHOWN = 4;

export function mistakePictures(
  category: string,
  { scenario, judgements }: ErrorCondition,
  { pictures }: PictureIndex,
  place: number,
): Block[] {
  const condition = scenario === 'clean' ? 'clean' : 'shifted';
  const pictureOf = (id: string) =>
    pictures.find(
      (one) => one.category === category && one.condition === condition && one.id === id,
    );
  return judgements.flatMap(({ method, kind, falseNegatives, falsePositives }): Block[] => {
    if (kind !== 'chosen') return [];
    const items = (
      [
        ['missed', falseNegatives],
        ['falsely flagged', falsePositives],
      ] as const
    ).flatMap(([word, { data }]) =>
      data.slice(0, SHOWN).flatMap(({ id, defectType, margin }): PictureRow['items'][number][] => {
        const picture = pictureOf(id);
        if (picture === undefined) return [];
        const by = margin === null ? '' : `, ${Math.abs(margin).toFixed(1)} deviations off`;
        return [{ caption: `${word}: ${defectType}, ${id}${by}`, files: files(picture, method) }];
      }),
    );
    if (items.length === 0) return [];
    const sentence = `${falseNegatives.sentence} ${falsePositives.sentence}`;
    return [
      {
        kind: 'pictures',
        id: `mistakes-${scenario}-${method}-${place}`,
        title: `The deepest mistakes of ${METHOD_TITLES[method]}, ${condition} images`,
        sentence,
        items,
      },
    ];
  });
}

/** Maps under the shift are those of the clean model as well. */
function files({ image, mask, maps }: Picture, method: Method): { file: string; alt: string }[] {
  const map = maps.find((own) => own.method === method);
  return [
    { file: image, alt: 'photograph' },
    ...(mask === null ? [] : [{ file: mask, alt: 'mask' }]),
    ...(map === undefined ? [] : [{ file: map.file, alt: 'anomaly map' }]),
  ];
}
