/** `drift`: have the imaging conditions changed since the inspector was calibrated? */
import { resolve } from 'node:path';
import type { RunControl } from '../../core/progress.ts';
import { createRandom } from '../../core/random.ts';
import type { SkippedFile } from '../../data/dataset.ts';
import { listImages } from '../../data/listImages.ts';
import { readInspectorMetadata } from '../../detector/inspector/inspector.ts';
import type { ImagingConditions } from '../../detector/inspector/metadata.ts';
import { batchTest } from '../../drift/batchTest.ts';
import { createDriftMonitor } from '../../drift/driftMonitor.ts';
import type { EnergyTest } from '../../drift/energyDistance.ts';
import { type Movement, movements } from '../../drift/movement.ts';
import { imagingConditions } from '../conditions/imagingConditions.ts';
import { decodedSamples } from '../decodedSamples.ts';
import { conditionColumns, driftReference } from './driftReference.ts';

export interface DriftOptions {
  readonly model: string;
  /** Image files and folders; the photographs are taken in the order of their paths. */
  readonly paths: readonly string[];
  /** Highest probability of a false alarm, in (0, 1): half of it for either test. */
  readonly falseAlarm: number;
}

export interface DriftReport {
  readonly model: string;
  readonly category: string;
  readonly falseAlarm: number;
  /** Calibration images compared with. */
  readonly reference: number;
  readonly changed: boolean;
  /** Photograph by photograph. */
  readonly online: {
    readonly changed: boolean;
    /** The martingale that raises the alarm. */
    readonly threshold: number;
    /** Its largest value. */
    readonly largest: number;
    readonly alarm: {
      readonly path: string;
      /** Counted from 1. */
      readonly image: number;
      /** Since which conditions have most likely been different. */
      readonly since: { readonly path: string; readonly image: number };
      readonly descriptor: string;
    } | null;
  };
  /** All photographs at once: the last ones, where there are very many. */
  readonly batch: EnergyTest & { readonly changed: boolean; readonly images: number };
  /** Of the photographs since the change, or of all, the furthest first. */
  readonly movements: readonly Movement[];
  readonly photographs: readonly {
    readonly path: string;
    readonly martingale: number;
    readonly conditions: ImagingConditions;
  }[];
  readonly skipped: readonly SkippedFile[];
}

const PERMUTATIONS = 1999;
/** Photographs whose distances to each other fit into memory. */
const LARGEST_BATCH = 1000;

/**
 * Two tests share the false alarms: a monitor that watches photograph by photograph and says since
 * when, and the energy distance of all photographs together, which also sees what changed before
 * the first one and is small in each descriptor.
 * @throws FlawmapError for a model or an image that cannot be read, naming it
 */
export async function drift(options: DriftOptions, control: RunControl = {}): Promise<DriftReport> {
  const { images, skipped } = await listImages(options.paths);
  const model = resolve(options.model);
  const { category, seed, calibration } = await readInspectorMetadata(options.model);
  const reference = driftReference(calibration.images, options.model);
  const columns = conditionColumns(reference);
  const falseAlarm = options.falseAlarm / 2;
  const monitor = createDriftMonitor(columns, { falseAlarm, seed });
  const photographs: DriftReport['photographs'][number][] = [];
  let largest = 0;
  for await (const { sample, image } of decodedSamples(images, 'describing photographs', control)) {
    const conditions = imagingConditions(image);
    const { martingale } = monitor.observe(conditions);
    photographs.push({ path: sample.path, martingale, conditions });
    largest = Math.max(largest, martingale);
  }

  const { alarm } = monitor.state();
  const last = photographs.slice(-LARGEST_BATCH).map(({ conditions }) => conditions);
  const random = createRandom(seed).fork('drift permutations');
  const energy = batchTest(columns, last, PERMUTATIONS, random);
  const batch = { ...energy, changed: energy.pValue <= falseAlarm, images: last.length };
  const since = photographs.slice((alarm?.since ?? 1) - 1).map(({ conditions }) => conditions);
  return {
    model,
    category,
    falseAlarm: options.falseAlarm,
    reference: reference.length,
    changed: alarm !== null || batch.changed,
    online: {
      changed: alarm !== null,
      threshold: 1 / falseAlarm,
      largest,
      alarm: alarm && {
        path: photographs[alarm.image - 1]!.path,
        image: alarm.image,
        since: { path: photographs[alarm.since - 1]!.path, image: alarm.since },
        descriptor: alarm.descriptor,
      },
    },
    batch,
    movements: movements(columns, conditionColumns(since)),
    photographs,
    skipped,
  };
}
