/** What the shift costs a model, and what is shown to repair it. */
import type { LadderResult } from '../../result/ladder.ts';
import type { ScenarioResult } from '../../result/scenario.ts';
import { type Change, describeChange } from '../wording/describeChange.ts';
import { describeRecovery, type RecoveryWords } from '../wording/describeRecovery.ts';
import { type SufficientPictures, sufficientPictures } from './sufficientPictures.ts';

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
export function costOf({ change }: ScenarioResult): Cost {
  const changes = [change?.image_auroc, change?.specificity].map(
    (own) => own ?? { value: null, interval: null },
  );
  const [auroc, specificity] = changes.map((own) => describeChange(own)) as [Change, Change];
  return {
    auroc,
    specificity,
    shown: [auroc, specificity].some(({ kind }) => kind === 'loss'),
    open: changes.some(({ interval }) => interval === null || interval.low <= -OPEN_LOSS),
  };
}

export interface Repair {
  readonly full: RecoveryWords | null;
  readonly pictures: SufficientPictures | null;
}

export const repairOf = (
  full: ScenarioResult | undefined,
  ladder: LadderResult | undefined,
): Repair => ({
  full: full?.recovery?.image_auroc ? describeRecovery(full.recovery.image_auroc) : null,
  pictures: ladder === undefined ? null : sufficientPictures(ladder, 'image_auroc'),
});

/** Whether anything is shown to regain AUROC. */
export const repaired = ({ full, pictures }: Repair): boolean =>
  pictures?.kind === 'enough' || full?.kind === 'most' || full?.kind === 'part' || helps(pictures);

/** Whether some of the loss is shown to be regained, if not enough of it. */
export const helps = (pictures: SufficientPictures | null): boolean =>
  pictures?.kind === 'not-shown' && describeRecovery(pictures.recovery).kind === 'part';
