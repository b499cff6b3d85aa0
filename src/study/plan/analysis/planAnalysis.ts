/** The jobs of the analysis: those of the parts that the configuration names. */
import type { Job } from '../../../pipeline/job.ts';
import type { AnalysisPart } from '../../../result/analysis.ts';
import type { CategoryPlan } from '../planCategory.ts';
import type { StudyInput } from '../studyInput.ts';
import { planAblation } from './planAblation.ts';
import { planDrift } from './planDrift.ts';
import { planEfficiency } from './planEfficiency.ts';
import { planErrors } from './planErrors.ts';
import { planInterpretability } from './planInterpretability.ts';
import { planPlant } from './planPlant.ts';
import { planRobustness } from './planRobustness.ts';
import { planStatistics } from './planStatistics.ts';
import { planThresholds } from './planThresholds.ts';

/** A part's jobs; the final ones are of kind `analysis-PART` and leave an element of the result. */
export type PlanPart = (input: StudyInput, plans: readonly CategoryPlan[]) => readonly Job[];

const PLANS: Readonly<Record<AnalysisPart, PlanPart>> = {
  errors: planErrors,
  ablation: planAblation,
  robustness: planRobustness,
  statistics: planStatistics,
  efficiency: planEfficiency,
  thresholds: planThresholds,
  plant: planPlant,
  interpretability: planInterpretability,
  drift: planDrift,
};

export function planAnalysis(input: StudyInput, plans: readonly CategoryPlan[]): readonly Job[] {
  return input.config.analysis.run.flatMap((part) => PLANS[part](input, plans));
}

const FINAL = 'analysis-';

/** The part whose element a job leaves; undefined for other jobs. */
export const partOf = ({ kind }: Pick<Job, 'kind'>): AnalysisPart | undefined =>
  kind.startsWith(FINAL) ? (kind.slice(FINAL.length) as AnalysisPart) : undefined;
