/** How soon changes are found: image by image, and in batches. */
import type { Random } from '../../../core/random.ts';
import { batchTest } from '../../../drift/batchTest.ts';
import { movements } from '../../../drift/movement.ts';
import type { Delay, DriftDetection, DriftPath } from '../../../result/analysis/drift.ts';
import { columnsOf, drawn, type Images, type Watched, watch } from './watch.ts';

/** Images after the change within which it is found, or counts as undetected. */
export const HORIZON = 50;
/** Unchanged images before a later change. */
const BEFORE = 100;
/** Images of a batch. */
export const BATCHES = [5, 10, 20] as const;
const PERMUTATIONS = 199;
/** Later changes and batches take a fifth of the streams. */
const FEWER = 5;

/** The same images under one draw of a change. */
export interface Lamp {
  /** What it changes, in words. */
  readonly shift: readonly string[];
  readonly images: Images;
}

export interface DetectionSettings {
  /** Normal images as they are: the reference is drawn from them, with replacement. */
  readonly clean: Images;
  /** Size of the reference. */
  readonly reference: number;
  /** For each lamp. */
  readonly streams: number;
  readonly falseAlarm: number;
  readonly random: Random;
}

export interface Detected {
  readonly detection: DriftDetection;
  /** Of the streams that begin with the change. */
  readonly path: DriftPath;
}

/**
 * Reference and stream are drawn from the same held-out images, with replacement, so that nothing
 * but the change tells them apart.
 */
export function detect(
  preset: string,
  level: string,
  lamps: readonly Lamp[],
  settings: DetectionSettings,
): Detected {
  const fewer = { ...settings, streams: Math.ceil(settings.streams / FEWER) };
  const atStart = lamps.map((lamp) => watchStreams(lamp.images, 0, settings));
  const later = lamps.map((lamp) => watchStreams(lamp.images, BEFORE, fewer));
  const clean = columnsOf(settings.clean);
  return {
    detection: {
      preset,
      level,
      atStart: delayOf(atStart.flat(), 0),
      later: delayOf(later.flat(), BEFORE),
      batches: BATCHES.map((images) => ({ images, power: batchPower(lamps, images, fewer) })),
      lamps: lamps.map(({ shift, images }, lamp) => ({
        lamp,
        shift: [...shift],
        delay: delayOf(atStart[lamp]!, 0),
        movements: movements(clean, columnsOf(images)),
      })),
    },
    path: { level, martingale: medianPath(atStart.flat()) },
  };
}

/** The martingale on unchanged images, to be compared with. */
export const unchangedPath = (settings: DetectionSettings): DriftPath => ({
  level: 'unchanged',
  martingale: medianPath(watchStreams(settings.clean, 0, settings)),
});

function watchStreams(
  changed: Images,
  before: number,
  { clean, reference, streams, falseAlarm, random }: DetectionSettings,
): Watched[] {
  return Array.from({ length: streams }, () => {
    const next = (place: number) => {
      if (place >= before + HORIZON) return undefined;
      return random.pick(place < before ? clean : changed);
    };
    return watch(drawn(clean, reference, random), next, falseAlarm, random);
  });
}

/** An alarm before the change is a false one, and leaves the change to be found: not counted. */
export function delayOf(watched: readonly Pick<Watched, 'alarm'>[], before: number): Delay {
  const known = watched.filter(({ alarm }) => alarm === null || alarm > before);
  const delays = known
    .map(({ alarm }) => (alarm === null ? Number.POSITIVE_INFINITY : alarm - before))
    .sort((a, b) => a - b);
  /** Nearest rank. */
  const at = (share: number): number | null => {
    const delay = delays[Math.max(0, Math.ceil(share * delays.length) - 1)];
    return delay === undefined || delay === Number.POSITIVE_INFINITY ? null : delay;
  };
  const undetected = delays.filter((delay) => delay === Number.POSITIVE_INFINITY).length;
  return {
    streams: known.length,
    lowerDecile: at(0.1),
    median: at(0.5),
    upperDecile: at(0.9),
    undetected: known.length === 0 ? 0 : undetected / known.length,
  };
}

function batchPower(
  lamps: readonly Lamp[],
  size: number,
  { clean, reference, streams, falseAlarm, random }: DetectionSettings,
): number {
  let rejected = 0;
  for (const { images } of lamps) {
    for (let batch = 0; batch < streams; batch++) {
      const before = columnsOf(drawn(clean, reference, random));
      const test = batchTest(
        before,
        drawn(images, size, random),
        permutationsFor(falseAlarm),
        random,
      );
      if (test.pValue <= falseAlarm) rejected++;
    }
  }
  return rejected / (streams * lamps.length);
}

/** As many as reach the level twice over. */
const permutationsFor = (level: number): number => Math.max(PERMUTATIONS, Math.ceil(2 / level) - 1);

/** Of decimal logarithms; a stream that has raised its alarm stays where it was. */
function medianPath(watched: readonly Watched[]): number[] {
  return Array.from({ length: HORIZON }, (_, place) => {
    const values = watched
      .map(({ martingale }) => martingale[Math.min(place, martingale.length - 1)]!)
      .sort((a, b) => a - b);
    return Math.log10(values[Math.floor((values.length - 1) / 2)]!);
  });
}
