/** How many unchanged streams raise an alarm. */
import type { Random } from '../../../core/random.ts';
import type { FalseAlarms, StreamRule } from '../../../result/analysis/drift.ts';
import { clopperPearson } from '../../../stats/clopperPearson.ts';
import { drawn, type Images, watch } from './watch.ts';

/** Images of an unchanged stream. */
export const CLEAN_LENGTH = 1000;

export interface CleanImages {
  /** Normal calibration images, as the file has them. */
  readonly reference: Images;
  /** Normal images of the test folder. */
  readonly test: Images;
}

/**
 * @returns undefined where the rule has no images to draw from
 */
export function falseAlarms(
  { reference, test }: CleanImages,
  rule: StreamRule,
  settings: {
    readonly streams: number;
    readonly falseAlarm: number;
    readonly confidence: number;
    readonly random: Random;
  },
): FalseAlarms | undefined {
  const { streams, falseAlarm, confidence, random } = settings;
  if (rule !== 'both-drawn' && test.length === 0) return undefined;
  const pool = [...reference, ...test];
  const deal = (): { before: Images; from: Images } => {
    if (rule === 'as-stored') return { before: reference, from: test };
    if (rule === 'both-drawn') return { before: drawn(pool, reference.length, random), from: pool };
    const shuffled = random.shuffle(pool);
    return {
      before: shuffled.slice(0, reference.length),
      from: shuffled.slice(reference.length),
    };
  };
  let alarms = 0;
  for (let stream = 0; stream < streams; stream++) {
    const { before, from } = deal();
    const next = (place: number) => (place < CLEAN_LENGTH ? random.pick(from) : undefined);
    if (watch(before, next, falseAlarm, random).alarm !== null) alarms++;
  }
  return {
    rule,
    streams,
    length: CLEAN_LENGTH,
    alarms,
    rate: alarms / streams,
    interval: clopperPearson(alarms, streams, confidence),
  };
}
