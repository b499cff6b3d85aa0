/** What a category's images are like: `explore` of `src/data`, as part of a result document. */
import { z } from 'zod';

/** How values are spread; quartiles are interpolated. */
export const spreadSchema = z.object({
  min: z.number(),
  q25: z.number(),
  median: z.number(),
  q75: z.number(),
  max: z.number(),
  mean: z.number(),
});

const leftOut = z.array(z.object({ path: z.string(), reason: z.string() }));

/** The images of one folder. */
const classSchema = z.object({
  phase: z.enum(['train', 'test']),
  label: z.enum(['normal', 'anomalous']),
  /** `good` for normal images. */
  defectType: z.string(),
  images: z.int(),
  /** Mean luminance of an image, 0 to 255, over the images; null where none can be read. */
  brightness: spreadSchema.nullable(),
  /** Standard deviation of the luminance within an image, 0 to 127.5, over the images. */
  contrast: spreadSchema.nullable(),
  /** Null for normal images. */
  masks: z
    .object({
      present: z.int(),
      /** Ids of the images without one. */
      missing: z.array(z.string()),
      /** Share of the image's pixels that the mask marks, 0 to 1, over the masks. */
      areaShare: spreadSchema.nullable(),
    })
    .nullable(),
});

const exploredCategorySchema = z.object({
  name: z.string(),
  layout: z.string(),
  images: z.int(),
  /** Train before test, good before defective, then by name. */
  classes: z.array(classSchema),
  /** In pixels, the most frequent first. */
  sizes: z.array(z.object({ width: z.int(), height: z.int(), images: z.int() })),
  mixedSizes: z.boolean(),
  formats: z.array(
    z.object({ format: z.string(), channels: z.int(), bits: z.int(), images: z.int() }),
  ),
  mixedFormats: z.boolean(),
  unreadable: leftOut,
  skipped: leftOut,
  layoutProblems: z.int(),
});

/** Of one category, though the list could hold more. */
export const explorationSchema = z.object({ categories: z.array(exploredCategorySchema) });

export type ExploredCategory = z.infer<typeof exploredCategorySchema>;
export type ExploredClass = z.infer<typeof classSchema>;
export type Spread = z.infer<typeof spreadSchema>;
