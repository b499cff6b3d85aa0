/** A model opened to be kept current. */
import { resolve } from 'node:path';
import { type ImageList, listImages } from '../../data/listImages.ts';
import { readInspectorMetadata } from '../../detector/inspector/inspector.ts';
import {
  type EmbeddingSession,
  type InspectorParts,
  openEmbedder,
  partsOf,
} from '../../detector/inspector/inspectorParts.ts';
import type { InspectorMetadata } from '../../detector/inspector/metadata.ts';
import { requireIntact } from '../../detector/inspector/requireIntact.ts';
import { parseThumbnails } from '../../detector/inspector/thumbnails.ts';
import { readMetadata } from '../../tensor/onnx/readMetadata.ts';
import { openStoredModel, type StoredModel } from '../../tensor/onnx/storedModel.ts';
import { type LearntState, readLearntState } from './learntState.ts';
import { listVersions, type ModelNumbers, type Version } from './versions.ts';

export interface Upkeep extends AsyncDisposable {
  /** Absolute path. */
  readonly model: string;
  /** To learn from. */
  readonly listed: ImageList;
  readonly metadata: InspectorMetadata;
  /** Of the training images, in base64; none where none were kept. */
  readonly thumbnails: readonly string[];
  /** The file, which stays open. */
  readonly stored: StoredModel;
  /** Of it: their large weights are named, not there. */
  readonly parts: InspectorParts;
  /** Of the model's file; closed before that is replaced. */
  readonly embedder: EmbeddingSession;
  readonly learnt: LearntState;
  /** The present one last. */
  readonly versions: readonly Version[];
}

/**
 * @param paths image files and folders
 * @throws FlawmapError (input) for a file that is no inspector, or cannot be kept current; for a path
 * that cannot be used
 */
export async function openUpkeep(path: string, paths: readonly string[]): Promise<Upkeep> {
  const model = resolve(path);
  // Before anything else is read of the file: where another takes its place meanwhile, the hash that
  // is listed is not the new one's, and `addVersion` refuses what was read of the two.
  const listing = listVersions(model, async () => modelNumbers(await readInspectorMetadata(model)));
  listing.catch(() => {});
  const metadata = await readInspectorMetadata(model);
  const listed = await listImages(paths);
  // In its threads, it opens while what the model has learnt is read here.
  const opening = openEmbedder(model, metadata, listed.images.length);
  // What else is wrong with the file says more.
  opening.catch(() => {});
  let stored: StoredModel | undefined;
  const close = async () => {
    await stored?.[Symbol.asyncDispose]();
    await (await opening)[Symbol.asyncDispose]();
  };
  try {
    const versions = await listing;
    await requireIntact(model);
    const thumbnails = parseThumbnails(await readMetadata(model), model);
    stored = await openStoredModel(model);
    const parts = partsOf(stored.model, metadata.steps);
    const learnt = await readLearntState(stored.constant, metadata);
    return {
      model,
      listed,
      metadata,
      thumbnails,
      stored,
      parts,
      embedder: await opening,
      learnt,
      versions,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close().catch(() => {});
    throw error;
  }
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
