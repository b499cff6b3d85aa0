/** Does a burst of defective products pass for a change of imaging conditions? It should not. */
import type { Random } from '../../../core/random.ts';
import type { Burst } from '../../../result/analysis/drift.ts';
import { drawn, type Images, watch } from './watch.ts';

/** Unchanged images before a burst. */
const BEFORE = 50;
/** Defective images in a row. */
export const BURSTS = [5, 10, 20] as const;

/** The images as one statistic describes them. */
export interface BurstImages {
  readonly statistic: Burst['statistic'];
  readonly method: Burst['method'];
  /** Normal calibration images. */
  readonly reference: Images;
  /** Normal and defective images of the test folder. */
  readonly test: Images;
  readonly defects: Images;
}

export function burstAlarms(
  { statistic, method, reference, test, defects }: BurstImages,
  settings: { readonly streams: number; readonly falseAlarm: number; readonly random: Random },
): Burst[] {
  const { streams, falseAlarm, random } = settings;
  const clean = [...reference, ...test];
  const share = (images: number, from: Images): number => {
    let alarms = 0;
    for (let stream = 0; stream < streams; stream++) {
      const next = (place: number) => {
        if (place >= BEFORE + images) return undefined;
        return random.pick(place < BEFORE ? clean : from);
      };
      const before = drawn(clean, reference.length, random);
      const { alarm } = watch(before, next, falseAlarm, random);
      if (alarm !== null && alarm > BEFORE) alarms++;
    }
    return alarms / streams;
  };
  return BURSTS.map((images) => ({
    statistic,
    method,
    images,
    alarms: share(images, defects),
    normalAlarms: share(images, test.length > 0 ? test : clean),
  }));
}
