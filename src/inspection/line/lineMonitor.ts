/**
 * Watches a running line: have its imaging conditions changed since the model was calibrated, since
 * when, in what, and how many good images does the promise of its threshold take now?
 */
import { FlawmapError } from '../../core/error.ts';
import type { ImagingConditions, InspectorMetadata } from '../../detector/inspector/metadata.ts';
import {
  createRestartingMonitor,
  type RestartingState,
  STRETCH,
} from '../../drift/restartingMonitor.ts';
import { conditionColumns, driftReference } from '../drift/driftReference.ts';
import { goodImagesNeeded } from '../upkeep/goodImagesNeeded.ts';
import { changeSentence } from './changeSentence.ts';
import type { LineState } from './lineState.ts';

/** Plain data. */
export interface LineAlarm {
  /** When the first image under other conditions came, most likely; ISO 8601. */
  readonly since: string;
  /** When the image came that raised it; ISO 8601. */
  readonly at: string;
  /** What shows it most: a name of `ImagingConditions`. */
  readonly descriptor: string;
  /**
   * By how much: the median of the images from `since` to `at`, in robust standard deviations of the
   * calibration images from theirs; null where most of these are equal.
   */
  readonly moved: number | null;
  /** From the change to now. */
  readonly imagesSince: number;
  /** As in `LineStatus`. */
  readonly goodImagesNeeded: number;
  /** For people, in local time. */
  readonly sentence: string;
}

/** Plain data. */
export interface LineStatus {
  /** False for a model that images cannot be compared with: `reason` says why. */
  readonly watching: boolean;
  readonly reason: string | null;
  /** Observed under this calibration, those before a restart too. */
  readonly images: number;
  /** Calibration images compared with. */
  readonly reference: number;
  /** The evidence for a change; null where there is none yet. */
  readonly martingale: number | null;
  /** The evidence that raises the alarm: 1 / `falseAlarm`. */
  readonly alarmAt: number;
  /** The highest probability of ever raising a false alarm under this calibration. */
  readonly falseAlarm: number;
  /** How many `recalibrate` is to be shown, for the false positive rate that the model aims at. */
  readonly goodImagesNeeded: number;
  /** Stays for as long as the model is calibrated as it is. */
  readonly alarm: LineAlarm | null;
}

export interface LineMonitor {
  /**
   * @param conditions of an image, in the order in which images come
   * @param time when it came
   */
  observe(conditions: ImagingConditions, time: Date): LineStatus;
  /** @param now for the sentence, which names the day of an alarm of another one */
  status(now: Date): LineStatus;
  /** To go on from later, in another process; undefined where nothing is watched. */
  state(): LineState | undefined;
}

export interface LineMonitorOptions {
  /** In (0, 1); default 0.01. */
  readonly falseAlarm?: number | undefined;
  /** What a monitor of the same model has left; not used if it was for another false alarm. */
  readonly state?: LineState | undefined;
}

const FALSE_ALARM = 0.01;

/**
 * What it takes of memory, and of time for an image, does not grow with the images. A model that
 * nothing can be compared with (one of an earlier version) can be used all the same.
 */
export function createLineMonitor(
  metadata: InspectorMetadata,
  { falseAlarm = FALSE_ALARM, state: left }: LineMonitorOptions = {},
): LineMonitor {
  const always = {
    alarmAt: 1 / falseAlarm,
    falseAlarm,
    goodImagesNeeded: goodImagesNeeded(metadata),
  };
  const reference = referenceOf(metadata);
  if (reference instanceof FlawmapError) return blindMonitor(reference, always);

  const from = left?.falseAlarm === falseAlarm ? left : undefined;
  const columns = conditionColumns(reference);
  const monitor = createRestartingMonitor(
    columns,
    { falseAlarm, seed: metadata.seed },
    from?.monitor,
  );
  const times = [...(from?.times ?? [])];
  let dated = from?.dated ?? null;
  let seen: Pick<RestartingState, 'images' | 'martingale' | 'alarm'> = monitor.state();

  const alarmToTell = (now: Date): LineAlarm | null => {
    if (seen.alarm === null || dated === null) return null;
    const { descriptor, movements, since: first } = seen.alarm;
    const moved = movements.find((one) => one.descriptor === descriptor)?.moved ?? null;
    const since = new Date(dated.since);
    const needed = always.goodImagesNeeded;
    return {
      since: since.toISOString(),
      at: new Date(dated.at).toISOString(),
      descriptor,
      moved,
      imagesSince: seen.images - first + 1,
      goodImagesNeeded: needed,
      sentence: changeSentence({ since, now, descriptor, moved, goodImagesNeeded: needed }),
    };
  };
  const status = (now: Date): LineStatus => ({
    ...always,
    watching: true,
    reason: null,
    images: seen.images,
    reference: reference.length,
    martingale: seen.martingale,
    alarm: alarmToTell(now),
  });
  return {
    observe(conditions, time) {
      const { martingale, alarm } = monitor.observe({ ...conditions });
      seen = { images: seen.images + 1, martingale, alarm };
      if (dated === null) {
        times.push(time.getTime());
        if (times.length > STRETCH) times.shift();
      }
      if (dated === null && alarm !== null) {
        const since = times.at(-1 - (alarm.image - alarm.since));
        dated = { since: since ?? times[0]!, at: time.getTime() };
        times.length = 0;
      }
      return status(time);
    },
    status,
    state: () => ({ falseAlarm, monitor: monitor.state(), times: [...times], dated }),
  };
}

function referenceOf({
  calibration,
}: InspectorMetadata): readonly ImagingConditions[] | FlawmapError {
  try {
    return driftReference(calibration.images, 'the model');
  } catch (error) {
    if (error instanceof FlawmapError && error.kind === 'input') return error;
    throw error;
  }
}

function blindMonitor(
  { details }: FlawmapError,
  always: Pick<LineStatus, 'alarmAt' | 'falseAlarm' | 'goodImagesNeeded'>,
): LineMonitor {
  let images = 0;
  const status = (): LineStatus => ({
    ...always,
    watching: false,
    reason: `changes of imaging conditions cannot be seen: ${details.what} (${details.found}); ${details.remedy}`,
    images,
    reference: 0,
    martingale: null,
    alarm: null,
  });
  return {
    observe() {
      images++;
      return status();
    },
    status,
    state: () => undefined,
  };
}
