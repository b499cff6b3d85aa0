/** Small pictures of the training images, kept in the inspector to show what a patch resembles. */
import { encodeThumbnail } from '../image/encodeImage.ts';
import type { RgbImage } from '../image/image.ts';

/** Longest side in pixels. */
const EDGE = 96;
const BUDGET = 5e6;
/** Quotes and comma of an entry in the list. */
const PUNCTUATION = 3;

export interface Thumbnails {
  add(image: RgbImage): Promise<void>;
  /** In base64, image by image; those that no longer fit in 5 MB are empty. */
  list(): readonly string[];
}

export function collectThumbnails(wanted: boolean): Thumbnails {
  const thumbnails: string[] = [];
  let room = BUDGET;
  return {
    async add(image) {
      if (!wanted) return;
      const text = Buffer.from(await encodeThumbnail(image, EDGE)).toString('base64');
      room -= PUNCTUATION;
      const fits = text.length <= room;
      if (fits) room -= text.length;
      thumbnails.push(fits ? text : '');
    },
    list: () => thumbnails,
  };
}
