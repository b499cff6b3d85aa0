/** The parts of a COCO annotation file that say where things are, checked. */
import { z } from 'zod';
import { inputError } from '../../core/error.ts';
import type { Mask } from '../../image/image.ts';
import type { ImageSize } from '../../image/imageSize.ts';
import { decodeRuns, unpackRuns } from './cocoRle.ts';
import { drawShapes, type Point } from './drawShapes.ts';
import { readSourceText } from './readSourceText.ts';

const size = z.int().positive();
const polygon = z.array(z.number());
const runs = z.object({
  size: z.tuple([size, size]),
  counts: z.union([z.string(), z.array(z.int().nonnegative())]),
});
const segmentation = z.union([z.array(polygon), runs]);

const cocoSchema = z.object({
  images: z.array(
    z.object({
      id: z.union([z.number(), z.string()]),
      file_name: z.string(),
      width: size,
      height: size,
    }),
  ),
  annotations: z.array(
    z.object({
      image_id: z.union([z.number(), z.string()]),
      category_id: z.union([z.number(), z.string()]),
      segmentation: segmentation.optional(),
      /** x, y, width, height */
      bbox: z.array(z.number()).length(4).optional(),
    }),
  ),
  categories: z.array(z.object({ id: z.union([z.number(), z.string()]), name: z.string() })),
});

export type CocoFile = z.infer<typeof cocoSchema>;
export type CocoSegmentation = z.infer<typeof segmentation>;

/** Undefined for JSON that has not the three lists of a COCO file. */
export async function readCocoFile(path: string): Promise<CocoFile | undefined> {
  let document: unknown;
  try {
    document = JSON.parse(await readSourceText(path));
  } catch {
    return undefined;
  }
  const lists = ['images', 'annotations', 'categories'];
  const isCoco =
    typeof document === 'object' &&
    document !== null &&
    lists.every((list) => Array.isArray((document as Record<string, unknown>)[list]));
  if (!isCoco) return undefined;
  const parsed = cocoSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw inputError({
    what: `${path} is not a COCO annotation file this version of flawmap can read`,
    expected: 'images, annotations and categories as COCO describes them for object detection',
    found: `${issue?.path.join('.')}: ${issue?.message}`,
    remedy: 'export the annotations again',
  });
}

/**
 * The union of what an image's annotations mark. Crowd regions count like any other.
 * @throws FlawmapError for run lengths that do not fit the image
 */
export function drawSegmentations(
  segmentations: readonly CocoSegmentation[],
  { width, height }: ImageSize,
  file: string,
): Mask {
  const data = new Uint8Array(width * height);
  for (const one of segmentations) {
    const mask = Array.isArray(one)
      ? drawShapes(
          one.map((numbers) => ({ kind: 'polygon', points: pairs(numbers) })),
          { width, height },
        )
      : decoded(one, { width, height }, file);
    for (let i = 0; i < data.length; i++) data[i]! |= mask.data[i]!;
  }
  return { width, height, data };
}

const pairs = (numbers: readonly number[]): Point[] =>
  Array.from({ length: Math.floor(numbers.length / 2) }, (_, i) => [
    numbers[2 * i]!,
    numbers[2 * i + 1]!,
  ]);

function decoded(
  { size: [height, width], counts }: z.infer<typeof runs>,
  image: ImageSize,
  file: string,
): Mask {
  const lengths = typeof counts === 'string' ? unpackRuns(counts) : counts;
  const fits = height === image.height && width === image.width;
  const mask = lengths && fits ? decodeRuns(lengths, height, width) : undefined;
  if (mask !== undefined) return mask;
  throw inputError({
    what: `${file} holds a mask that cannot be decoded`,
    expected: `run lengths of ${image.width} x ${image.height} pixels`,
    found: fits ? 'lengths that do not add up' : `lengths of ${width} x ${height} pixels`,
    remedy: 'export the annotations again',
  });
}
