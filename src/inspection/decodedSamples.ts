/** Decodes images ahead of whoever consumes them, so that decoding and computing overlap. */

import { sha256 } from '../core/hash.ts';
import type { RunControl } from '../core/progress.ts';
import { readAhead } from '../core/readAhead.ts';
import { decodeImageBytes } from '../image/decodeImage.ts';
import type { RgbImage } from '../image/image.ts';
import { readImageFile } from '../image/readImageFile.ts';

export interface Decoded<T> {
  readonly sample: T;
  readonly image: RgbImage;
  /** SHA-256 of the file. */
  readonly sha256: string;
  /** Milliseconds from reading to decoded. */
  readonly milliseconds: number;
}

/**
 * Images in decoding or decoded ahead: enough for both to keep all cores busy, though decoding
 * comes on in short steps between the runs of a graph, and at most about so many bytes.
 */
const MOST_AHEAD = 16;
const LEAST_AHEAD = 2;
const BYTES_AHEAD = 64e6;

/**
 * In order; reports progress under `step` and stops when the signal is aborted.
 * @param ahead images in decoding at once, by default as many as their size allows; with 1
 * nothing else runs meanwhile, so that the time each takes is its own
 */
export async function* decodedSamples<T extends { readonly path: string }>(
  samples: readonly T[],
  step: string,
  { onProgress, signal }: RunControl,
  ahead?: number,
): AsyncGenerator<Decoded<T>> {
  let done = 0;
  // Images of one folder are mostly of one size; until one is known, it is taken to be large.
  let room = LEAST_AHEAD;
  signal?.throwIfAborted();
  onProgress?.({ step, done, total: samples.length });
  for await (const decoded of readAhead(samples, decode<T>, () => ahead ?? room)) {
    room = roomFor(decoded.image.data.length);
    yield decoded;
    signal?.throwIfAborted();
    onProgress?.({ step, done: ++done, total: samples.length });
  }
}

const roomFor = (bytes: number) =>
  Math.min(MOST_AHEAD, Math.max(LEAST_AHEAD, Math.floor(BYTES_AHEAD / bytes)));

async function decode<T extends { readonly path: string }>(sample: T): Promise<Decoded<T>> {
  const start = performance.now();
  const bytes = await readImageFile(sample.path);
  const image = await decodeImageBytes(bytes, sample.path);
  return { sample, image, sha256: sha256(bytes), milliseconds: performance.now() - start };
}
