/**
 * What a model's distances are made of: pictures of its patches, the training patch closest to the
 * most anomalous ones, and the layers, channels and regions a distance comes from. Which layers
 * matter for the verdict (each alone, each left out) is part of the ablation.
 */
import { z } from 'zod';
import { METHODS } from '../scenario.ts';
import { figure, measureSchema } from './figure.ts';

/**
 * - `bank`: a row of the memory bank
 * - `normal`: from a normal test image
 * - `defect`: from an anomalous test image, where its mask marks the defect
 * - `background`: from an anomalous test image, outside its mask
 * - `unknown`: from an anomalous test image without a mask
 */
export const PATCH_KINDS = ['bank', 'normal', 'defect', 'background', 'unknown'] as const;
export type PatchKind = (typeof PATCH_KINDS)[number];

/** In pixels of the photograph; (x, y) is the top left one. */
const boxSchema = z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() });

const placedPatchSchema = z.object({
  /** Path of the image within its category. */
  image: z.string(),
  /** Of the image, in pixels. */
  width: z.int(),
  height: z.int(),
  /** On the patch grid, from 0. */
  row: z.int(),
  column: z.int(),
  /** The patch. It sees more than that: its neighbours, and what the backbone sees of them. */
  cell: boxSchema,
  /** The patch with its surroundings, for a picture. */
  crop: boxSchema,
});

/** How faithful a picture is, and what it separates. */
const pictureMeasures = z.object({
  /** 0 to 1: whether patches beside each other in the picture are neighbours for the detector. */
  trustworthiness: measureSchema,
  /** -1 to 1: how well defect patches keep apart from those of normal images. */
  silhouette: measureSchema,
});

const embeddingMapSchema = z.object({
  /** Patches drawn, by kind. */
  drawn: z.record(z.enum(PATCH_KINDS), z.int()),
  /** Of the embedding. */
  dimension: z.int(),
  /** Principal components that both pictures start from, and their share of the variance. */
  components: z.object({ count: z.int(), variance: z.number() }),
  settings: z.object({
    /** UMAP. */
    neighbours: z.int(),
    /** t-SNE. */
    perplexity: z.number(),
    /** Of trustworthiness. */
    nearest: z.int(),
  }),
  /** In the space that the detector measures distances in. */
  original: z.object({ silhouette: measureSchema }),
  umap: pictureMeasures,
  tsne: pictureMeasures.extend({
    /** Kullback-Leibler, in nats. */
    divergence: z.number(),
  }),
  /** Images that patches come from. */
  images: z.array(z.string()),
  /** One entry a patch in each list. */
  points: z.object({
    /** Indices into PATCH_KINDS. */
    kind: z.array(z.int()),
    /** Indices into `images`. */
    image: z.array(z.int()),
    /** Position row * columns + column on the patch grid. */
    patch: z.array(z.int()),
    umap: z.array(z.tuple([z.number(), z.number()])),
    tsne: z.array(z.tuple([z.number(), z.number()])),
  }),
});

const explanationSchema = z.object({
  /** `anomalous`: among the images of the highest scores; `comparison`: a normal image beside them. */
  role: z.enum(['anomalous', 'comparison']),
  label: z.enum(['normal', 'anomalous']),
  defectType: z.string(),
  score: z.number(),
  /** The patch of the largest distance. */
  patch: placedPatchSchema,
  /** Of that patch, by the mask. */
  kind: z.enum(PATCH_KINDS).exclude(['bank']),
  /** To what was learnt, in the detector's units. */
  distance: z.number(),
  /** Against the largest patch distances of normal validation images. */
  typical: z
    .object({
      images: z.int(),
      /** Share of them that is smaller. */
      below: z.number(),
      /** Over their median and over the largest of them; null where that is 0. */
      timesMedian: z.number().nullable(),
      timesLargest: z.number().nullable(),
    })
    .nullable(),
  /** PatchCore: the training patch closest to it; null for PaDiM, which keeps none. */
  nearest: placedPatchSchema.nullable(),
  /**
   * Shares of the patch's squared distance, in the order of the element's `parts`. PatchCore's are
   * at least 0. PaDiM's are those of d_i (S^-1 d)_i and may be negative: a channel that varies
   * together with others can take distance away. They sum to 1.
   */
  parts: z.array(z.number()),
  /** The largest shares of single channels. */
  channels: z.array(
    z.object({
      /** Index into `parts`. */
      part: z.int(),
      /** Within its part, from 0. */
      channel: z.int(),
      share: z.number(),
    }),
  ),
  /** Over the patch grid, or over square cells of it where it is fine. */
  attention: z.object({
    rows: z.int(),
    columns: z.int(),
    /** The largest distance in each cell, row by row. */
    distance: z.array(z.number()),
    /** For each part, its percentage of each cell's squared distance. */
    parts: z.array(z.array(z.int())),
  }),
  sentence: z.string(),
});

export const interpretabilitySchema = z.object({
  category: z.string(),
  method: z.enum(METHODS),
  seed: z.int(),
  /** Rows and columns of the patch grid. */
  grid: z.tuple([z.int(), z.int()]),
  /** Layers, or groups of a layer's channels, with their number of channels in the embedding. */
  parts: z.array(z.object({ name: z.string(), channels: z.int() })),
  /** Patches as points in a plane; null with the reason under `notComputable`. */
  embedding: figure(embeddingMapSchema).nullable(),
  /** Where distances come from, image by image. */
  explanations: figure(z.array(explanationSchema)),
  notComputable: z.record(z.string(), z.string()),
});

export type InterpretabilityResult = z.infer<typeof interpretabilitySchema>;
export type EmbeddingMap = z.infer<typeof embeddingMapSchema>;
export type Explanation = z.infer<typeof explanationSchema>;
export type PlacedPatch = z.infer<typeof placedPatchSchema>;
