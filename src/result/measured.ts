/** What a study has measured of its machine: times in seconds, sizes in bytes. */
import { z } from 'zod';
import { measuredEfficiencySchema } from './analysis/efficiency.ts';

const measuredSchema = z.object({
  startedAt: z.string().optional().catch(undefined),
  /** Of the run that wrote the result, which may have found most of it computed. */
  seconds: z.number().optional().catch(undefined),
  machine: z
    .object({
      platform: z.string(),
      arch: z.string(),
      cpu: z.string(),
      cores: z.int(),
      memoryBytes: z.number(),
    })
    .optional()
    .catch(undefined),
  /** Of every job when it ran, which may have been in an earlier run. */
  jobs: z
    .array(
      z.object({ id: z.string(), seconds: z.number(), peakBytes: z.number(), bytes: z.number() }),
    )
    .catch([]),
  analysis: z
    .object({ efficiency: z.array(measuredEfficiencySchema).catch([]) })
    .catch({ efficiency: [] }),
});

export type MeasuredStudy = z.infer<typeof measuredSchema>;

/** What can be read of a result's `measured`; the rest is left out. */
export function readMeasured(measured: unknown): MeasuredStudy {
  const parsed = measuredSchema.safeParse(measured);
  return parsed.success ? parsed.data : { jobs: [], analysis: { efficiency: [] } };
}
