/** The thresholds a plant can choose among, each from validation images alone. */
import { f1Optimal } from '../../metrics/f1Optimal.ts';
import { type ConformalThreshold, conformalThreshold } from '../conformalThreshold.ts';
import { costThreshold } from '../costThreshold.ts';
import { normalScores, type ValidationScores } from '../partScores.ts';
import type { ProductionLine } from './productionLine.ts';

/**
 * - `own`: what the study or the model file judges with
 * - `promised`: conformal at the false positive rate to be promised; with too few images the
 *   highest normal score
 * - `least-cost`: what costs least on the validation images
 * - `flag-nothing`, `flag-everything`: doing without a detector
 */
export type PlantRule = 'own' | 'promised' | 'least-cost' | 'flag-nothing' | 'flag-everything';

export type OwnThreshold =
  | { readonly rule: 'f1-optimal'; readonly threshold: number }
  | Pick<ConformalThreshold, 'rule' | 'threshold' | 'n' | 'k'>;

export interface PlantChoice {
  readonly rule: PlantRule;
  /** Null where there is none, and then why. */
  readonly threshold: number | null;
  readonly reason: string | null;
  /** The rank among normal scores, where that is what the threshold is. */
  readonly rank: { readonly n: number; readonly k: number } | null;
  /** The same choice from other validation images; null where it cannot be made. */
  choose(validation: ValidationScores): number | null;
}

/** @param validation null where it is not known any more */
export function plantChoices(
  own: OwnThreshold,
  validation: ValidationScores | null,
  line: ProductionLine,
): PlantChoice[] {
  return [ownChoice(own), promisedChoice(validation, line), cheapestChoice(validation, line)];
}

const UNKNOWN = 'the scores of the validation images are not known';

function ownChoice(own: OwnThreshold): PlantChoice {
  const { rule, threshold } = own;
  return {
    rule: 'own',
    threshold,
    reason: null,
    rank: rule === 'f1-optimal' ? null : { n: own.n, k: own.k },
    choose: ({ scores, labels }) => f1Optimal(scores, labels)?.threshold ?? null,
  };
}

function promisedChoice(validation: ValidationScores | null, line: ProductionLine): PlantChoice {
  const choose = (from: ValidationScores) => {
    const normals = normalScores(from);
    return normals.length === 0 ? null : conformalThreshold(normals, line.promisedFpr, 'maximum');
  };
  const found = validation && choose(validation);
  return {
    rule: 'promised',
    threshold: found?.threshold ?? null,
    reason: validation === null ? UNKNOWN : found === null ? 'no normal validation images' : null,
    rank: found && { n: found.n, k: found.k },
    choose: (from) => choose(from)?.threshold ?? null,
  };
}

function cheapestChoice(validation: ValidationScores | null, line: ProductionLine): PlantChoice {
  const choose = ({ scores, labels }: ValidationScores) =>
    costThreshold(scores, labels, line)?.threshold ?? null;
  const threshold = validation && choose(validation);
  return {
    rule: 'least-cost',
    threshold,
    reason:
      validation === null
        ? UNKNOWN
        : threshold === null
          ? 'it takes normal and anomalous validation images'
          : null,
    rank: null,
    choose,
  };
}
