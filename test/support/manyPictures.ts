/** A report with a gallery as large as a report is meant to hold. */
import { createRandom } from '../../src/core/random.ts';
import { encodeMaskWebp, encodeWebp } from '../../src/image/encodeImage.ts';
import type { GalleryItem, Report } from '../../src/report/report.ts';

const EDGE = 160;

/** @param images each clean and shifted, with a mask and two maps */
export async function manyPictures(images: number): Promise<{
  readonly report: Report;
  readonly readPicture: (file: string) => Uint8Array;
}> {
  const [photograph, map, mask] = await Promise.all([drawn(20), drawn(0), drawnMask()]);
  const items = Array.from({ length: 2 * images }, (_, i) => item(i));
  return {
    report: {
      title: 'Many pictures',
      subtitle: `${images} images`,
      chapters: [
        {
          id: 'pictures',
          number: '11',
          title: 'Pictures',
          lead: `${images} images, clean and shifted.`,
          blocks: [{ kind: 'gallery', id: 'all', title: 'All', items }],
        },
      ],
    },
    readPicture: (file) =>
      file.includes('mask') ? mask : file.includes('image') ? photograph : map,
  };
}

function item(i: number): GalleryItem {
  const file = (kind: string) => `pictures/${kind}-${i}.webp`;
  return {
    picture: {
      category: 'hazelnut',
      condition: i % 2 === 0 ? 'clean' : 'shifted',
      split: 'test',
      id: `crack/${i >> 1}.png`,
      label: 'anomalous',
      defectType: 'crack',
      width: 1024,
      height: 1024,
      image: file('image'),
      mask: file('mask'),
      maps: (['patchcore', 'padim'] as const).map((method) => ({ method, file: file(method) })),
    },
    judgements: (['patchcore', 'padim'] as const).map((method) => ({
      method,
      score: 1 + (i % 7) / 10,
      threshold: 1.3,
      outcome: i % 7 > 3 ? 'tp' : 'fn',
    })),
  };
}

/** A round thing, with the grain of a photograph. */
async function drawn(grain: number): Promise<Uint8Array> {
  const random = createRandom(1);
  const data = Uint8Array.from({ length: 3 * EDGE * EDGE }, (_, i) => {
    const pixel = Math.floor(i / 3);
    const distance = Math.hypot((pixel % EDGE) - 80, Math.floor(pixel / EDGE) - 80);
    return Math.max(0, 200 - 2 * distance + 20 * (i % 3) + grain * random.next());
  });
  return encodeWebp({ width: EDGE, height: EDGE, data }, 70);
}

const drawnMask = (): Promise<Uint8Array> =>
  encodeMaskWebp({
    width: EDGE,
    height: EDGE,
    data: Uint8Array.from({ length: EDGE * EDGE }, (_, i) => (i % EDGE < 40 ? 1 : 0)),
  });
