/** What the analysis adds to a result: why it fails, how sure it is, what each choice costs. */
import { z } from 'zod';

/** In the order in which a report tells them. */
export const ANALYSIS_PARTS = [
  'errors',
  'ablation',
  'robustness',
  'statistics',
  'efficiency',
  'thresholds',
  'plant',
  'interpretability',
  'drift',
] as const;

export type AnalysisPart = (typeof ANALYSIS_PARTS)[number];

/** A key is absent where the part was not run; else one element for each of its final jobs. */
export const analysisSchema = z.object({});

export type Analysis = z.infer<typeof analysisSchema>;
