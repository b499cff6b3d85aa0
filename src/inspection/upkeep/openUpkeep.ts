/** A model opened to be kept current. */
import { resolve } from 'node:path';
import { readInspectorMetadata } from '../../detector/inspector/inspector.ts';
import {
  type InspectorParts,
  readInspectorParts,
} from '../../detector/inspector/inspectorParts.ts';
import type { InspectorMetadata } from '../../detector/inspector/metadata.ts';
import { THUMBNAILS_KEY } from '../../detector/inspector/metadataKeys.ts';
import { readMetadata } from '../../tensor/readMetadata.ts';
import { type LearntState, readLearntState } from './learntState.ts';
import { listVersions, type ModelNumbers, type Version } from './versions.ts';

export interface Upkeep {
  /** Absolute path. */
  readonly model: string;
  readonly metadata: InspectorMetadata;
  /** Of the training images, in base64; none where none were kept. */
  readonly thumbnails: readonly string[];
  readonly parts: InspectorParts;
  readonly learnt: LearntState;
  /** The present one last. */
  readonly versions: readonly Version[];
}

/** @throws FlawmapError (input) for a file that is no inspector, or cannot be kept current */
export async function openUpkeep(path: string): Promise<Upkeep> {
  const model = resolve(path);
  const metadata = await readInspectorMetadata(model);
  const versions = await listVersions(model, async () => modelNumbers(metadata));
  const thumbnails: unknown = JSON.parse((await readMetadata(model)).get(THUMBNAILS_KEY) ?? '[]');
  const parts = await readInspectorParts(model, metadata);
  return {
    model,
    metadata,
    thumbnails: Array.isArray(thumbnails) ? thumbnails.map(String) : [],
    parts,
    learnt: await readLearntState(parts, metadata),
    versions,
  };
}

export function modelNumbers({ calibration, detector, training }: InspectorMetadata): ModelNumbers {
  const { image, pixel } = calibration;
  return {
    threshold: image.threshold,
    pixelThreshold: pixel.threshold,
    promisedFpr: (image.rule === 'f1-optimal' ? image.conformal : image).averageFpr,
    trainingImages: training.length,
    rows: detector.method === 'patchcore' ? detector.bank.rows : null,
  };
}

/** The rate that the file's own threshold aims at. */
export function usualFpr({ calibration: { image } }: InspectorMetadata): number {
  return (image.rule === 'f1-optimal' ? image.conformal : image).targetFpr;
}
