/** Small pictures of the training images, kept in the inspector to show what a patch resembles. */
import { encodeThumbnail } from '../../image/encodeImage.ts';
import type { RgbImage } from '../../image/image.ts';

/** Longest side in pixels. */
const EDGE = 96;
const BUDGET = 5e6;
/** Quotes and comma of an entry in the list. */
const PUNCTUATION = 3;

export interface Thumbnails {
  /** Made while the caller goes on; the image must stay as it is. */
  add(image: RgbImage): void;
  /** In base64, image by image; those that no longer fit in 5 MB are empty. */
  list(): Promise<readonly string[]>;
}

export function collectThumbnails(wanted: boolean): Thumbnails {
  const making: Promise<Uint8Array>[] = [];
  return {
    add(image) {
      if (!wanted) return;
      const thumbnail = encodeThumbnail(image, EDGE);
      // A failure is told by the list; until then it must not count as unhandled.
      thumbnail.catch(() => {});
      making.push(thumbnail);
    },
    async list() {
      const made = await Promise.all(making);
      return withinBudget(made.map((bytes) => Buffer.from(bytes).toString('base64')));
    },
  };
}

/** Those that no longer fit are empty. */
export function withinBudget(thumbnails: readonly string[]): readonly string[] {
  let room = BUDGET;
  return thumbnails.map((text) => {
    room -= PUNCTUATION;
    if (text.length > room) return '';
    room -= text.length;
    return text;
  });
}
