/** Some images before and after, side by side: whether a shift is believable is for the eye. */
import { join } from 'node:path';
import type { Sample } from '../data/dataset.ts';
import { contactSheet, type Tile } from '../image/contactSheet.ts';
import { contourDistance } from '../image/contour.ts';
import { decodeImage } from '../image/decodeImage.ts';
import { decodeMask } from '../image/decodeMask.ts';
import type { RgbImage } from '../image/image.ts';
import { blendPixel, copyOf, lineWidth } from '../image/paint.ts';
import { shiftWords } from './shiftWords.ts';
import type { ShiftedImage } from './writeShiftedSamples.ts';

/** Pairs in a row, and of each category. */
const PAIRS = 3;
const TILE_EDGE = 312;
/** Letters that fit below a picture. */
const CAPTION_WIDTH = 26;
const OUTLINE = [225, 40, 35] as const;

/**
 * A row for each category: a training image and two test images, defective ones if there are any,
 * their masks outlined.
 * @param out folder of the shifted images
 */
export async function shiftSheet(
  samples: readonly Sample[],
  images: readonly ShiftedImage[],
  out: string,
  title: string,
): Promise<RgbImage> {
  const tiles: Tile[] = [];
  for (const index of shownSamples(samples)) {
    const { path, maskPath, category, id } = samples[index]!;
    const { file, mask, shift } = images[index]!;
    const after = mask === undefined ? undefined : join(out, mask);
    tiles.push({ image: await outlined(path, maskPath), caption: [category, id] });
    tiles.push({ image: await outlined(join(out, file), after), caption: captionOf(shift) });
  }
  return contactSheet(tiles, { columns: 2 * PAIRS, tileEdge: TILE_EDGE, title });
}

/** Indices, category by category; as many of each as there are pairs in a row, if it has them. */
function shownSamples(samples: readonly Sample[]): number[] {
  const indices = [...samples.keys()];
  return [...new Set(samples.map(({ category }) => category))].flatMap((category) => {
    const own = indices.filter((i) => samples[i]!.category === category);
    const masked = own.filter((i) => samples[i]!.maskPath !== undefined);
    const defective = own.filter((i) => samples[i]!.label === 'anomalous');
    const wanted = [own[0]!, ...spread(masked), ...spread(defective), ...spread(own)];
    return [...new Set(wanted)].slice(0, PAIRS);
  });
}

/** Three of them, from the first to the last. */
const spread = (items: readonly number[]): number[] =>
  [0, 0.5, 1].map((share) => items[Math.round(share * (items.length - 1))]!).filter(isDefined);
const isDefined = (item: number | undefined): item is number => item !== undefined;

async function outlined(path: string, maskPath: string | undefined): Promise<RgbImage> {
  const image = await decodeImage(path);
  if (maskPath === undefined) return image;
  const { width, height, data } = await decodeMask(maskPath);
  const reach = lineWidth(image) / 2;
  const map = { width, height, data: Float32Array.from(data) };
  const distances = contourDistance(map, 0.5, reach + 0.5);
  const picture = copyOf(image);
  distances.forEach((distance, pixel) => {
    const opacity = Math.min(1, reach + 0.5 - distance);
    if (opacity > 0) blendPixel(picture, pixel, OUTLINE, opacity);
  });
  return picture;
}

/** As many words a line as fit below a picture. */
function captionOf(shift: ShiftedImage['shift']): string[] {
  const lines: string[] = [];
  for (const word of shiftWords(shift)) {
    const longer = `${lines.at(-1)}, ${word}`;
    if (lines.length > 0 && longer.length <= CAPTION_WIDTH) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.length === 0 ? ['unchanged'] : lines;
}
