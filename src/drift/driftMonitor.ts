/**
 * Watches a line image by image and says when its imaging conditions have changed, without labels
 * and with a stated probability of ever saying so falsely.
 *
 * Each descriptor has a conformal test martingale of its own. Its nonconformity is the descriptor's
 * value itself, ranked among the calibration images' and all past ones', and the bets are on both
 * ends: a distance from the calibration median would not be exchangeable, because the median lies
 * closer to the images it was taken from than to new ones.
 *
 * The martingales are not averaged: each is one only as far as its own p-values are known, and
 * those of one descriptor may foretell another's, so their mean need not be a martingale. The alarm
 * is a union bound instead: the largest of D martingales against D/d. That holds however the
 * descriptors depend on each other, and names the one that moved.
 */
import { internalError } from '../core/error.ts';
import { createRandom, type Random } from '../core/random.ts';
import { changePoint } from './changePoint.ts';
import { type ConformalPValues, conformalPValues } from './conformalPValues.ts';
import { createMartingale, type Martingale, type MartingaleState } from './martingale.ts';

/** Numbers that describe an image, by name. */
export type Descriptor = Readonly<Record<string, number>>;

export interface DriftSettings {
  /** d: the highest probability of ever raising a false alarm, in (0, 1). */
  readonly falseAlarm: number;
  /** Breaks ties of ranks; the same stream with the same seed says the same. */
  readonly seed: string | number;
  /** Breaks them instead; for simulations, which a state is not kept of. */
  readonly random?: Pick<Random, 'next'>;
}

export interface DriftAlarm {
  /** The image that raised it, counted from 1. */
  readonly image: number;
  /** The image since which conditions have most likely been different. */
  readonly since: number;
  readonly descriptor: string;
}

export interface Observation {
  /** The largest of the descriptors' martingales, over their number: alarm at 1/d. */
  readonly martingale: number;
  /** The descriptor it is that of. */
  readonly descriptor: string;
  /** The first alarm, this image's or an earlier one's; there is one at most. */
  readonly alarm: DriftAlarm | null;
}

/** Plain data, fit for JSON: a monitor can go on from it in another process. */
export interface DriftState {
  readonly images: number;
  readonly alarm: DriftAlarm | null;
  readonly descriptors: Readonly<
    Record<
      string,
      {
        /** Of all images seen, in order: ranks are taken among all of them. */
        readonly values: readonly number[];
        readonly martingale: MartingaleState;
      }
    >
  >;
}

export interface DriftMonitor {
  /**
   * @param descriptor has a finite number for each name of the reference
   * @throws FlawmapError (internal) where it has not
   */
  observe(descriptor: Descriptor): Observation;
  state(): DriftState;
}

interface Watched {
  readonly name: string;
  readonly values: number[];
  readonly pValues: ConformalPValues;
  readonly martingale: Martingale;
}

/**
 * @param reference descriptors of images that nothing was fitted on, taken as later ones are: the
 * numbers of each name. Exchangeable with later images while nothing changes.
 * @param state what an earlier monitor of the same reference and settings has left
 */
export function createDriftMonitor(
  reference: Readonly<Record<string, readonly number[]>>,
  { falseAlarm, seed, random }: DriftSettings,
  state?: DriftState,
): DriftMonitor {
  const watched: readonly Watched[] = Object.entries(reference).map(([name, values]) => {
    const before = state?.descriptors[name];
    return {
      name,
      values: [...(before?.values ?? [])],
      pValues: conformalPValues([...values, ...(before?.values ?? [])]),
      martingale: createMartingale(before?.martingale),
    };
  });
  if (watched.length === 0) {
    throw internalError({ what: 'a drift monitor was made without descriptors to watch' });
  }
  let images = state?.images ?? 0;
  let alarm = state?.alarm ?? null;
  return {
    observe(descriptor) {
      images++;
      // A stream for each image, so that a monitor that goes on draws what it would have drawn.
      const ties = random ?? createRandom(`${seed}/drift/${images}`);
      let largest = watched[0]!;
      for (const one of watched) {
        const value = descriptor[one.name]!;
        one.martingale.bet(one.pValues.next(value, ties.next()));
        one.values.push(value);
        if (one.martingale.capital > largest.martingale.capital) largest = one;
      }
      const martingale = largest.martingale.capital / watched.length;
      if (alarm === null && martingale >= 1 / falseAlarm) {
        const since = changePoint(reference[largest.name]!, largest.values);
        alarm = { image: images, since, descriptor: largest.name };
      }
      return { martingale, descriptor: largest.name, alarm };
    },
    state: () => ({
      images,
      alarm,
      descriptors: Object.fromEntries(
        watched.map(({ name, values, martingale }) => [
          name,
          { values: [...values], martingale: martingale.state() },
        ]),
      ),
    }),
  };
}
