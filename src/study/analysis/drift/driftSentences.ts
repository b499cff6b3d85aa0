/** What the trial of the drift test says, in words. */

import { percent as exactPercent } from '../../../calibration/percent.ts';
import { listed } from '../../../core/listed.ts';
import type { Movement } from '../../../drift/movement.ts';
import { CONDITION_NAMES } from '../../../inspection/drift/driftReference.ts';
import type {
  Burst,
  Delay,
  DriftDetection,
  DriftPath,
  DriftResult,
  FalseAlarms,
} from '../../../result/analysis/drift.ts';
import { METHOD_TITLES } from '../../../result/methodTitle.ts';
import { HORIZON } from './detection.ts';

/** Of shares of streams; what is set has all its digits. */
const percent = (share: number): string => `${Number((100 * share).toPrecision(2))}%`;

const conditionName = (descriptor: string): string =>
  (CONDITION_NAMES as Readonly<Record<string, string>>)[descriptor] ?? descriptor;

const movedBy = ({ descriptor, moved }: Movement): string =>
  moved === null
    ? `${conditionName(descriptor)} (which did not vary before)`
    : `${conditionName(descriptor)} by ${moved > 0 ? '+' : ''}${moved.toFixed(1)}`;

const furthest = (movements: readonly Movement[], count = 3): string =>
  listed(movements.slice(0, count).map(movedBy));

export function falseAlarmSentence(found: readonly FalseAlarms[], falseAlarm: number): string {
  const rate = (rule: FalseAlarms['rule']) => found.find((one) => one.rule === rule);
  const [drawn, fixed, stored] = [rate('both-drawn'), rate('reference-fixed'), rate('as-stored')];
  const parts: string[] = [];
  if (drawn !== undefined) {
    const { alarms, streams, length, interval } = drawn;
    parts.push(
      `${alarms} of ${streams} streams of ${length} unchanged images raise an alarm (${percent(alarms / streams)}, at most ${percent(interval.high)} with ${exactPercent(interval.confidence)} confidence; ${exactPercent(falseAlarm)} is promised).`,
    );
  }
  const beyond = ({ rate: own }: FalseAlarms) => own > (drawn?.interval.high ?? falseAlarm);
  if (fixed !== undefined) {
    const why =
      ': what few images differ by from few others is then seen again and again, which no line does';
    parts.push(
      `With the reference held fixed and the stream drawn from the other images it is ${percent(fixed.rate)}${beyond(fixed) ? why : ''}.`,
    );
  }
  if (stored !== undefined) {
    const why = ', by that and by what the folders themselves differ in';
    parts.push(
      `With the model file's reference and the test folder's images it is ${percent(stored.rate)}${beyond(stored) ? why : ''}.`,
    );
  }
  return parts.join(' ');
}

export function folderSentence(
  { pValue, movements, differ, onceThrough }: NonNullable<DriftResult['folders']>['data'],
  images: DriftResult['images'],
): string {
  const how = differ
    ? 'differ from the calibration images beyond chance, as if taken under other conditions: an alarm about them is right'
    : 'do not show that they differ from the calibration images';
  return `The ${images.test} normal images of the test folder ${how} (energy test of all descriptors: p = ${Number(pValue.toPrecision(2))}). Furthest moved, in robust standard deviations: ${furthest(movements)}. Seen once each, in random order, they raise an alarm in ${percent(onceThrough.rate)} of ${onceThrough.streams} streams.`;
}

const delayWords = ({ median, undetected }: Delay): string => {
  const images = median === null ? `more than ${HORIZON}` : String(median);
  return undetected === 0 ? images : `${images} (${percent(undetected)} undetected)`;
};

export function detectionSentence(found: readonly DriftDetection[], reference: number): string {
  const levels = [...new Set(found.map(({ level }) => level))];
  const perLevel = levels.map((level) => {
    const own = found.filter((one) => one.level === level);
    return `${level}: ${listed(own.map(({ preset, atStart }) => `${preset} ${delayWords(atStart)}`))}`;
  });
  const highest = found.filter(({ level }) => level === levels.at(-1));
  const sizes = [...new Set(highest.flatMap(({ batches }) => batches.map((one) => one.images)))];
  const power = sizes.map((size) => {
    const own = highest.flatMap(({ batches }) => batches.filter(({ images }) => images === size));
    return `${size} images ${percent(Math.min(...own.map((one) => one.power)))}`;
  });
  return `Images until the alarm, median over lamps and streams, with ${reference} calibration images: ${perLevel.join('; ')}. The energy test rejects of batches under ${levels.at(-1)} changes at least, whatever the preset: ${listed(power)}.`;
}

export function pathSentence(paths: readonly DriftPath[], threshold: number): string {
  const crossing = paths.map(({ level, martingale }) => {
    const place = martingale.findIndex((value) => value >= Math.log10(threshold));
    return place < 0
      ? `${level} not within ${martingale.length}`
      : `${level} at image ${place + 1}`;
  });
  return `The median martingale passes ${Math.round(threshold)}: ${listed(crossing)}.`;
}

export function burstSentence(bursts: readonly Burst[]): string {
  const longest = Math.max(...bursts.map(({ images }) => images));
  const own = bursts.filter(({ images }) => images === longest);
  const of = ({ alarms, normalAlarms }: Burst) =>
    `${percent(alarms)} (as many normal images of that folder: ${percent(normalAlarms)})`;
  const monitor = own.find(({ statistic }) => statistic === 'conditions');
  const others = own
    .filter(({ statistic }) => statistic !== 'conditions')
    .map(
      (burst) =>
        `${burst.statistic === 'score' ? 'image scores' : 'the lower half of patch distances'} of ${METHOD_TITLES[burst.method!]}: ${percent(burst.alarms)}`,
    );
  const parts = [
    monitor && `${longest} defective images in a row raise an alarm in ${of(monitor)} of streams`,
    others.length > 0 && `watched instead, ${listed(others)}`,
  ];
  return `${parts.filter(Boolean).join('; ')}.`;
}

/** Why lamps at the highest level stay undetected in half of the streams or more. */
export function undetectedSentences(found: readonly DriftDetection[], level: string): string[] {
  return found
    .filter((one) => one.level === level)
    .flatMap(({ preset, lamps }) =>
      lamps
        .filter(({ delay }) => delay.undetected >= 0.5)
        .map(
          ({ lamp, shift, delay, movements }) =>
            `${preset}, ${level}, lamp ${lamp} (${shift.join(', ')}): ${percent(delay.undetected)} of streams are without an alarm after ${HORIZON} images. It moves ${furthest(movements)} robust standard deviations; what moves by about one is not found that soon.`,
        ),
    );
}
