/** Every kind of job a study has. */
import type { Registry } from '../pipeline/kind.ts';
import { adaptKind } from './kinds/adapt.ts';
import { ablatePadimKind } from './kinds/analysis/ablatePadim.ts';
import { ablatePatchcoreKind } from './kinds/analysis/ablatePatchcore.ts';
import { ablationKind } from './kinds/analysis/ablation.ts';
import { compareKind } from './kinds/analysis/compare.ts';
import { defectsKind } from './kinds/analysis/defects.ts';
import { driftKind } from './kinds/analysis/drift.ts';
import { driftConditionsKind } from './kinds/analysis/driftConditions.ts';
import { efficiencyKind } from './kinds/analysis/efficiency.ts';
import { errorsKind } from './kinds/analysis/errors.ts';
import { interpretabilityKind } from './kinds/analysis/interpretability.ts';
import { plantKind } from './kinds/analysis/plant.ts';
import { robustnessKind } from './kinds/analysis/robustness.ts';
import { robustnessFitKind } from './kinds/analysis/robustnessFit.ts';
import { robustnessScoresKind } from './kinds/analysis/robustnessScores.ts';
import { statisticsKind } from './kinds/analysis/statistics.ts';
import { thresholdsKind } from './kinds/analysis/thresholds.ts';
import { bankKind } from './kinds/bank.ts';
import { embedKind } from './kinds/embed.ts';
import { exploreKind } from './kinds/explore.ts';
import { featuresKind } from './kinds/features.ts';
import { gaussiansKind } from './kinds/gaussians.ts';
import { globalKind } from './kinds/global.ts';
import { ladderKind } from './kinds/ladder.ts';
import { localiseKind } from './kinds/localise.ts';
import { modelKind } from './kinds/model.ts';
import { cropsKind } from './kinds/pictures/crops.ts';
import { mapsKind } from './kinds/pictures/maps.ts';
import { photographsKind } from './kinds/pictures/photographs.ts';
import { pooledGaussiansKind } from './kinds/pooledGaussians.ts';
import { scenarioKind } from './kinds/scenario.ts';
import { scoreKind } from './kinds/score.ts';
import { shiftKind } from './kinds/shift.ts';

const KINDS = [
  exploreKind,
  shiftKind,
  featuresKind,
  embedKind,
  bankKind,
  gaussiansKind,
  pooledGaussiansKind,
  scoreKind,
  localiseKind,
  scenarioKind,
  adaptKind,
  ladderKind,
  globalKind,
  modelKind,
  defectsKind,
  errorsKind,
  ablatePatchcoreKind,
  ablatePadimKind,
  ablationKind,
  robustnessScoresKind,
  robustnessFitKind,
  robustnessKind,
  compareKind,
  statisticsKind,
  efficiencyKind,
  thresholdsKind,
  plantKind,
  interpretabilityKind,
  driftConditionsKind,
  driftKind,
  photographsKind,
  mapsKind,
  cropsKind,
];

export const STUDY_KINDS: Registry = Object.fromEntries(KINDS.map((kind) => [kind.name, kind]));
