/** What the shift costs a model, and what is shown to repair it. */
import type { ComparedMetric } from '../../result/analysis/statistics.ts';
import type { LadderResult } from '../../result/ladder.ts';
import type { StudyResult } from '../../result/result.ts';
import type { Scenario, ScenarioResult } from '../../result/scenario.ts';
import { type Change, describeChange, describeTested } from '../wording/describeChange.ts';
import { describeRecovery, type RecoveryWords } from '../wording/describeRecovery.ts';
import { scenarioOf } from './scenarioOf.ts';
import { type SufficientPictures, sufficientPictures } from './sufficientPictures.ts';
import { type TestedDifference, testedDifference } from './testedDifference.ts';

/** Losses that an interval leaves open from here on call for caution. */
const OPEN_LOSS = 0.05;

export interface Cost {
  readonly auroc: Change;
  readonly specificity: Change;
  /** Whether the images show that anything is lost. */
  readonly shown: boolean;
  /** Whether a loss that matters is left open. */
  readonly open: boolean;
}

/** @param none the model under the shift, without adaptation */
export function costOf(result: StudyResult, none: ScenarioResult): Cost {
  const changes = [none.change?.image_auroc, none.change?.specificity].map(
    (own) => own ?? { value: null, interval: null },
  );
  const [byInterval, specificity] = changes.map((own) => describeChange(own)) as [Change, Change];
  const auroc = asTested(byInterval, versus(result, none, 'image_auroc', 'clean'));
  return {
    auroc,
    specificity,
    shown: [auroc, specificity].some(({ kind }) => kind === 'loss'),
    open: changes.some(({ interval }) => interval === null || interval.low <= -OPEN_LOSS),
  };
}

/** What a test shows is shown. */
function asTested(change: Change, tested: TestedDifference | null): Change {
  if (change.kind !== 'none-shown' || tested?.verdict !== 'different' || !tested.value) {
    return change;
  }
  return describeTested(tested.value, tested.interval);
}

/** This scenario less another of the same model's, as the analysis tested it. */
const versus = (
  result: StudyResult,
  { category, method, scenario }: ScenarioResult,
  metric: ComparedMetric,
  other: Scenario,
): TestedDifference | null =>
  testedDifference(result, metric, category, { scenario, method }, { scenario: other, method });

export interface Repair {
  /** AUROC regained by a new fit. */
  readonly full: RecoveryWords | null;
  /** AUROC regained by pictures that join the model. */
  readonly pictures: SufficientPictures | null;
  /** Balanced accuracy less that without adaptation, where tests show it to be higher. */
  readonly verdicts: {
    readonly threshold: TestedDifference | null;
    readonly full: TestedDifference | null;
  };
}

export function repairOf(
  result: StudyResult,
  { category, method }: ScenarioResult,
  ladder: LadderResult | undefined,
): Repair {
  const full = scenarioOf(result, 'shift-full', category, method);
  const better = (scenario: ScenarioResult | undefined) => {
    const tested =
      scenario === undefined ? null : versus(result, scenario, 'balanced_accuracy', 'shift-none');
    return tested?.verdict === 'different' && (tested.value ?? 0) > 0 ? tested : null;
  };
  return {
    full: full?.recovery?.image_auroc ? describeRecovery(full.recovery.image_auroc) : null,
    pictures: ladder === undefined ? null : sufficientPictures(ladder, 'image_auroc'),
    verdicts: {
      threshold: better(scenarioOf(result, 'shift-threshold', category, method)),
      full: better(full),
    },
  };
}

/** Whether anything is shown to regain AUROC, or to make verdicts better. */
export const repaired = ({ full, pictures, verdicts }: Repair): boolean =>
  pictures?.kind === 'enough' ||
  full?.kind === 'most' ||
  full?.kind === 'part' ||
  helps(pictures) ||
  verdicts.threshold !== null ||
  verdicts.full !== null;

/** Whether some of the loss is shown to be regained, if not enough of it. */
export const helps = (pictures: SufficientPictures | null): boolean =>
  pictures?.kind === 'not-shown' && describeRecovery(pictures.recovery).kind === 'part';
