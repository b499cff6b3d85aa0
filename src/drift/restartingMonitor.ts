/**
 * A drift monitor for a line that never ends. Ranks are taken among all images so far, so what they
 * take of memory would grow for ever; and leaving old images out of them is no way out, because
 * p-values of such ranks foretell each other, and the capital is no martingale any more.
 *
 * So a new monitor that knows nothing but the reference begins every `STEP` images, and runs over
 * `STRETCH` of them; none of these is left out. The e-th may raise a false alarm with probability
 * d / (e (e + 1)) at most. These add up to d: there is ever one with probability at most d, however
 * many monitors there are and however they depend on each other. Stretches overlap, so that a small
 * change shortly before one ends is in the middle of another.
 *
 * The price is what later monitors ask for: the hundredth 5050 times the capital of the first, which
 * an image beyond all others multiplies by up to 17 (`bets.ts`). Simulated as in `bets.ts` with eight
 * descriptors (medians of 60 streams), a change of four standard deviations is found after 6 images
 * at once and 8 after 5200 unchanged ones, one of a single standard deviation after 58 of these;
 * without beginning anew after 5, 7 and 52.
 */
import { changePoint } from './changePoint.ts';
import {
  createDriftMonitor,
  type Descriptor,
  type DriftAlarm,
  type DriftMonitor,
  type DriftSettings,
  type DriftState,
  type Observation,
} from './driftMonitor.ts';
import { type Movement, movements } from './movement.ts';

/** Images between the beginnings of two monitors. */
export const STEP = 500;
/** Images that a monitor runs over. */
export const STRETCH = 1000;

type Columns = Readonly<Record<string, readonly number[]>>;

/** Images are counted from the first that was ever observed. Plain data. */
export interface RestartingAlarm extends DriftAlarm {
  /** That of the alarm's image, as in `Observation`. */
  readonly martingale: number;
  /** Of the images from `since` to `image`. */
  readonly movements: readonly Movement[];
}

export interface RestartingObservation extends Observation {
  readonly alarm: RestartingAlarm | null;
}

/** Plain data, fit for JSON, of bounded size. */
export interface RestartingState {
  /** Observed in all. */
  readonly images: number;
  /** Those that run: the older first. */
  readonly monitors: readonly {
    /** Counted from 1. */
    readonly number: number;
    readonly state: DriftState;
  }[];
  /** After the last image; null before the first. */
  readonly martingale: number | null;
  readonly alarm: RestartingAlarm | null;
}

export interface RestartingMonitor {
  /**
   * After an alarm, images are only counted.
   * @param descriptor as for `createDriftMonitor`
   * @returns the largest martingale, each over its e (e + 1): alarm at 1/d
   */
  observe(descriptor: Descriptor): RestartingObservation;
  state(): RestartingState;
}

interface Running {
  readonly number: number;
  readonly monitor: DriftMonitor;
}

/**
 * @param reference as for `createDriftMonitor`
 * @param settings as for `createDriftMonitor`
 * @param from what an earlier monitor of the same reference and settings has left
 */
export function createRestartingMonitor(
  reference: Columns,
  settings: DriftSettings,
  from?: RestartingState,
): RestartingMonitor {
  let images = from?.images ?? 0;
  let alarm = from?.alarm ?? null;
  let evidence = from?.martingale ?? null;
  const begin = (number: number, state?: DriftState): Running => {
    const falseAlarm = settings.falseAlarm / share(number);
    const seed = `${settings.seed}/monitor ${number}`;
    return {
      number,
      monitor: createDriftMonitor(reference, { ...settings, falseAlarm, seed }, state),
    };
  };
  let running = (from?.monitors ?? []).map(({ number, state }) => begin(number, state));

  return {
    observe(descriptor) {
      if (alarm !== null) {
        images++;
        return { martingale: alarm.martingale, descriptor: alarm.descriptor, alarm };
      }
      if (images % STEP === 0) {
        const number = images / STEP + 1;
        running = [...running.filter((one) => number - one.number < STRETCH / STEP), begin(number)];
      }
      images++;
      const seen = running.map(({ number, monitor }) => {
        const { martingale, descriptor: name, alarm: raised } = monitor.observe(descriptor);
        return {
          martingale: martingale / share(number),
          descriptor: name,
          raised: raised !== null,
        };
      });
      const largest = seen.reduce((a, b) => (b.martingale > a.martingale ? b : a));
      if (seen.some(({ raised }) => raised)) {
        const { martingale, descriptor: name } = largest;
        // The oldest knows most of what was before the change.
        const { descriptors } = running[0]!.monitor.state();
        const start = changePoint(reference[name]!, descriptors[name]!.values);
        const later = Object.fromEntries(
          Object.entries(descriptors).map(([key, { values }]) => [key, values.slice(start - 1)]),
        );
        const since = images - descriptors[name]!.values.length + start;
        const moved = movements(reference, later);
        alarm = { image: images, since, descriptor: name, martingale, movements: moved };
      }
      evidence = largest.martingale;
      return { martingale: largest.martingale, descriptor: largest.descriptor, alarm };
    },
    state: () => ({
      images,
      monitors: running.map(({ number, monitor }) => ({ number, state: monitor.state() })),
      martingale: evidence,
      alarm,
    }),
  };
}

/** What the e-th monitor may falsely say is 1 / share of the whole; these add up to 1. */
const share = (number: number): number => number * (number + 1);
