/** The adaptation ladder: what K pictures under a new lamp regain. */
import { z } from 'zod';
import { estimatesSchema, recoveriesSchema } from './estimate.ts';
import { METHODS } from './scenario.ts';

/**
 * - `recalibrate`: the clean model, its threshold moved
 * - `append`: the pictures join the model, then the threshold is set anew
 */
export const STRATEGIES = ['recalibrate', 'append'] as const;
export type Strategy = (typeof STRATEGIES)[number];

const rungSchema = z.object({
  /** K; 0 is no adaptation. */
  pictures: z.int(),
  strategy: z.enum(STRATEGIES),
  /** Different draws of the pictures. */
  draws: z.int(),
  /** Mean over draws; the interval combines draws and test images. */
  metrics: estimatesSchema,
  /** Rows that joined PatchCore's bank, mean over draws; null otherwise. */
  appendedRows: z.number().nullable(),
});

export const ladderSchema = z.object({
  category: z.string(),
  method: z.enum(METHODS),
  seed: z.int(),
  /** Normal images the pictures are drawn from: those of val, none of them learnt from. */
  pool: z.int(),
  /** Both at the threshold from normal images alone, as the rungs are. */
  clean: estimatesSchema,
  /** No adaptation under the lamps, mean over lamps. */
  none: estimatesSchema,
  lamps: z.array(
    z.object({
      lamp: z.int(),
      /** What the lamp changes. */
      shift: z.unknown(),
      none: estimatesSchema,
      rungs: z.array(rungSchema),
    }),
  ),
  /** Mean over lamps. */
  rungs: z.array(rungSchema.extend({ recovery: recoveriesSchema })),
  /** Numbers of pictures that were asked for and could not be drawn. */
  leftOut: z.array(z.object({ pictures: z.int(), reason: z.string() })),
});

export type LadderRung = z.infer<typeof rungSchema>;
export type LadderResult = z.infer<typeof ladderSchema>;
