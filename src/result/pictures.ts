/**
 * The pictures of a run: small copies of its images, their masks and their anomaly maps, in
 * `pictures/` of the run's folder, with this list in `pictures/pictures.json`. Reports show them;
 * everything else of a report comes from the result document.
 */
import { z } from 'zod';
import { METHODS } from './scenario.ts';

export const PICTURES_FOLDER = 'pictures';
export const PICTURES_FILE = `${PICTURES_FOLDER}/pictures.json`;
export const PICTURES_VERSION = 1;

/** Images as they are, and under the study's shift, every image its own draw. */
export const PICTURE_CONDITIONS = ['clean', 'shifted'] as const;
export type PictureCondition = (typeof PICTURE_CONDITIONS)[number];

/** Path within the run's folder, with `/`. */
const file = z.string();

const mapSchema = z.object({
  method: z.enum(METHODS),
  /** The heat map in colours, opaque, covering the picture; of the clean model of the first seed. */
  file,
});

const pictureSchema = z.object({
  category: z.string(),
  condition: z.enum(PICTURE_CONDITIONS),
  split: z.enum(['train', 'val', 'test']),
  /** As in the scenarios' `images`: path of the image within its category. */
  id: z.string(),
  label: z.enum(['normal', 'anomalous']),
  defectType: z.string(),
  /** Of the photograph, in pixels, before it was made small. */
  width: z.int(),
  height: z.int(),
  image: file,
  /** White is defect; null for normal images and where the mask is not known. */
  mask: file.nullable(),
  maps: z.array(mapSchema),
});

const cropSchema = z.object({
  category: z.string(),
  method: z.enum(METHODS),
  /** Id of the clean image. */
  image: z.string(),
  /** The part of it that is shown, in pixels: a `crop` of the explanations. */
  box: z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() }),
  file,
});

export const pictureIndexSchema = z.object({
  schemaVersion: z.literal(PICTURES_VERSION),
  pictures: z.array(pictureSchema),
  /** What the colours of maps mean: the same for all pictures of a category and method. */
  scales: z.array(
    z.object({
      category: z.string(),
      method: z.enum(METHODS),
      /** Patch distances drawn as the coldest and the hottest colour; those beyond look like these. */
      low: z.number(),
      high: z.number(),
      /** The pixel threshold: what lies above it is a flaw. */
      threshold: z.number(),
    }),
  ),
  /** Parts of photographs that the analysis refers to: `Explanation`'s patch and nearest patch. */
  crops: z.array(cropSchema).default([]),
  /** Test images without a picture, by category: beyond the number that a report is meant to hold. */
  leftOut: z.record(z.string(), z.int()),
});

export type Picture = z.infer<typeof pictureSchema>;
export type PictureIndex = z.infer<typeof pictureIndexSchema>;
export type ColourScale = PictureIndex['scales'][number];
