/** Were the test folder's normal images taken as the calibration images were? */
import type { Random } from '../../../core/random.ts';
import { batchTest } from '../../../drift/batchTest.ts';
import { movements } from '../../../drift/movement.ts';
import type { DriftResult } from '../../../result/analysis/drift.ts';
import { columnsOf, type Images, watch } from './watch.ts';

const LEVEL = 0.01;
/** Enough for the level over some tens of descriptors. */
const PERMUTATIONS = 4999;

/** @param test at least one image */
export function compareFolders(
  reference: Images,
  test: Images,
  settings: { readonly streams: number; readonly falseAlarm: number; readonly random: Random },
): NonNullable<DriftResult['folders']>['data'] {
  const { streams, falseAlarm, random } = settings;
  const before = columnsOf(reference);
  const { distance, pValue } = batchTest(before, test, PERMUTATIONS, random);
  const moved = movements(before, columnsOf(test)).map((movement) => {
    const { descriptor } = movement;
    const alone = { [descriptor]: before[descriptor]! };
    return { ...movement, pValue: batchTest(alone, test, PERMUTATIONS, random).pValue };
  });
  const least = Math.min(...moved.map((own) => own.pValue)) * moved.length;
  let alarms = 0;
  for (let stream = 0; stream < streams; stream++) {
    const order = random.shuffle(test);
    if (watch(reference, (place) => order[place], falseAlarm, random).alarm !== null) alarms++;
  }
  return {
    distance,
    pValue,
    movements: moved,
    differ: pValue <= LEVEL || least <= LEVEL,
    onceThrough: { streams, rate: alarms / streams },
  };
}
