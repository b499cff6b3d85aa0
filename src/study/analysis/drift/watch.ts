/** Streams of images that a drift monitor watches, drawn from few real ones. */
import type { Random } from '../../../core/random.ts';
import { createDriftMonitor, type Descriptor } from '../../../drift/driftMonitor.ts';

/** Images as the numbers that describe them; all have the same names. */
export type Images = readonly Descriptor[];

/** With replacement. */
export const drawn = (images: Images, count: number, random: Random): Images =>
  Array.from({ length: count }, () => random.pick(images));

/** The numbers of each name. */
export const columnsOf = (images: Images): Record<string, number[]> =>
  Object.fromEntries(
    Object.keys(images[0] ?? {}).map((name) => [name, images.map((image) => image[name]!)]),
  );

export interface Watched {
  /** The image that raised an alarm, counted from 1; null where none did. */
  readonly alarm: number | null;
  /** After each image, up to the alarm. */
  readonly martingale: readonly number[];
}

/** @param stream told the place of the next image, counted from 0; undefined ends it */
export function watch(
  reference: Images,
  stream: (place: number) => Descriptor | undefined,
  falseAlarm: number,
  random: Random,
): Watched {
  const settings = { falseAlarm, seed: 0, random };
  const monitor = createDriftMonitor(columnsOf(reference), settings);
  const martingale: number[] = [];
  for (let place = 0; ; place++) {
    const image = stream(place);
    if (image === undefined) return { alarm: null, martingale };
    const observed = monitor.observe(image);
    martingale.push(observed.martingale);
    if (observed.alarm !== null) return { alarm: place + 1, martingale };
  }
}
