/** Small pictures of the training images, kept in the inspector to show what a patch resembles. */
import { encodeThumbnail } from '../image/encodeImage.ts';
import type { RgbImage } from '../image/image.ts';

const EDGE = 96;
const BUDGET = 5e6;

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
      room -= text.length;
      thumbnails.push(room >= 0 ? text : '');
    },
    list: () => thumbnails,
  };
}
