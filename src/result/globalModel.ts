/** One model for all categories, against one for each. */
import { z } from 'zod';
import { estimatesSchema } from './estimate.ts';
import { METHODS, thresholdsSchema } from './scenario.ts';

const wrong = z.object({ wrong: z.int(), total: z.int(), rate: z.number() });

const spread = z.object({
  lowerQuartile: z.number(),
  median: z.number(),
  upperQuartile: z.number(),
});

export const globalSchema = z.object({
  method: z.enum(METHODS),
  seed: z.int(),
  /** PatchCore: rows of the pooled bank, as many as those of the categories' banks together. */
  bankRows: z.int().nullable(),
  /** From the validation images of all categories together. */
  pooledThresholds: thresholdsSchema,
  categories: z.array(
    z.object({
      category: z.string(),
      /** From this category's validation images. */
      ownThresholds: thresholdsSchema,
      /** The category's own model, as in scenario `clean` of the same seed. */
      perCategory: estimatesSchema,
      /** The global model under the one pooled threshold. */
      pooled: estimatesSchema,
      /** The global model under the category's threshold. */
      own: estimatesSchema,
      /** `perCategory` less `pooled` and less `own`, on the same test images. */
      loss: z.object({ pooled: estimatesSchema, own: estimatesSchema }),
      /** PatchCore: test patches and images whose nearest bank rows are another category's. */
      routing: z.object({ patches: wrong, images: wrong }).nullable(),
      /** PaDiM: what pooling does to the Gaussians, over positions. */
      covarianceInflation: z
        .object({
          /** Trace of the pooled covariance over the category's. */
          traceRatio: spread,
          /** Logarithm of the ratio of their determinants, per dimension. */
          logDeterminantRatio: spread,
        })
        .nullable(),
    }),
  ),
});

export type GlobalResult = z.infer<typeof globalSchema>;
