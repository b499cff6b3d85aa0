/** The ladder in one number a method. */
import type { LadderResult } from '../../../result/ladder.ts';
import type { StudyResult } from '../../../result/result.ts';
import type { Method } from '../../../result/scenario.ts';
import { methodsOf } from '../facts.ts';

/** K that is spoken of: many enough to help, few enough to be taken. */
const SPOKEN_OF = 10;

export interface BestRung {
  readonly method: Method;
  readonly pictures: number;
  /** Image AUROC under new lamps, mean over categories, without and with the pictures. */
  readonly none: number;
  readonly value: number;
}

export const laddersOf = (result: StudyResult, method?: Method): readonly LadderResult[] =>
  (result.experiments.adaptation_ladder ?? []).filter(
    (ladder) => method === undefined || ladder.method === method,
  );

/** The largest K up to ten that every category has, else the smallest there is; null for none. */
export function spokenOf(result: StudyResult): number | null {
  const ladders = laddersOf(result);
  const [first] = ladders;
  if (first === undefined) return null;
  const shared = picturesOf(first)
    .filter((pictures) => ladders.every((ladder) => picturesOf(ladder).includes(pictures)))
    .toSorted((a, b) => a - b);
  return shared.findLast((pictures) => pictures <= SPOKEN_OF) ?? shared[0] ?? null;
}

const picturesOf = ({ rungs }: LadderResult): readonly number[] => [
  ...new Set(rungs.map(({ pictures }) => pictures)),
];

export function bestRungs(result: StudyResult): readonly BestRung[] {
  const pictures = spokenOf(result);
  if (pictures === null) return [];
  return methodsOf(result).flatMap((method) => {
    const ladders = laddersOf(result, method);
    const none = mean(ladders.map((ladder) => ladder.none.image_auroc?.value ?? null));
    const value = mean(
      ladders.map(
        (ladder) =>
          ladder.rungs.find((rung) => rung.pictures === pictures && rung.strategy === 'append')
            ?.metrics.image_auroc?.value ?? null,
      ),
    );
    return none === null || value === null ? [] : [{ method, pictures, none, value }];
  });
}

/** Null unless all are known. */
function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0 || known.length < values.length) return null;
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
