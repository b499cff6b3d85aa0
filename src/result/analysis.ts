/** What the analysis adds to a result: why it fails, how sure it is, what each choice costs. */
import { z } from 'zod';
import { ablationSchema } from './analysis/ablation.ts';
import { driftSchema } from './analysis/drift.ts';
import { efficiencySchema } from './analysis/efficiency.ts';
import { errorsSchema } from './analysis/errors.ts';
import { interpretabilitySchema } from './analysis/interpretability.ts';
import { plantSchema } from './analysis/plant.ts';
import { robustnessSchema } from './analysis/robustness.ts';
import { statisticsSchema } from './analysis/statistics.ts';
import { thresholdAnalysisSchema } from './analysis/thresholds.ts';

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
export const analysisSchema = z.object({
  errors: z.array(errorsSchema).optional(),
  ablation: z.array(ablationSchema).optional(),
  robustness: z.array(robustnessSchema).optional(),
  statistics: z.array(statisticsSchema).optional(),
  efficiency: z.array(efficiencySchema).optional(),
  thresholds: z.array(thresholdAnalysisSchema).optional(),
  plant: z.array(plantSchema).optional(),
  interpretability: z.array(interpretabilitySchema).optional(),
  drift: z.array(driftSchema).optional(),
});

export type Analysis = z.infer<typeof analysisSchema>;
