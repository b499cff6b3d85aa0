/** The highest rung of a ladder. */
import type { LadderResult } from '../../result/ladder.ts';

/** Where the most pictures joined the model; undefined where none did. */
export function mostPictures({ rungs }: LadderResult): LadderResult['rungs'][number] | undefined {
  return rungs
    .filter(({ strategy }) => strategy === 'append')
    .reduce<LadderResult['rungs'][number] | undefined>(
      (most, rung) => (most === undefined || rung.pictures > most.pictures ? rung : most),
      undefined,
    );
}
