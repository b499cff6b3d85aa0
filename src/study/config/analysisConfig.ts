/** What the analysis is told: the parts to run, and each part's own settings. */
import { z } from 'zod';
import { ANALYSIS_PARTS } from '../../result/analysis.ts';
import { ablationConfig } from './analysis/ablation.ts';
import { driftConfig } from './analysis/drift.ts';
import { efficiencyConfig } from './analysis/efficiency.ts';
import { interpretabilityConfig } from './analysis/interpretability.ts';
import { plantConfig } from './analysis/plant.ts';
import { robustnessConfig } from './analysis/robustness.ts';
import { statisticsConfig } from './analysis/statistics.ts';
import { thresholdsConfig } from './analysis/thresholds.ts';
import { distinct } from './distinct.ts';

export const analysisConfig = z.strictObject({
  run: z
    .array(z.enum(ANALYSIS_PARTS))
    .refine(distinct, 'expected every part once')
    .default([...ANALYSIS_PARTS])
    .describe('parts to run; [] for none'),
  ablation: ablationConfig.prefault({}).describe('one choice changed at a time'),
  robustness: robustnessConfig.prefault({}).describe('what changes of imaging conditions cost'),
  statistics: statisticsConfig.prefault({}).describe('which differences are tested, and how'),
  efficiency: efficiencyConfig.prefault({}).describe('what models are timed on'),
  thresholds: thresholdsConfig.prefault({}).describe('threshold rules compared'),
  plant: plantConfig.prefault({}).describe("the line in the plant's own terms"),
  interpretability: interpretabilityConfig
    .prefault({})
    .describe('what distances are made of, and pictures of patches'),
  drift: driftConfig.prefault({}).describe('the test for changed imaging conditions, tried out'),
});
