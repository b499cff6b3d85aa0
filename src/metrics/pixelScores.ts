/**
 * What every pixel metric is computed from, without sorting a hundred million pixels.
 *
 * A score's 32 bits become a key of the same order. Pixels are dealt into 65536 buckets by the
 * upper half of the key, keeping 2 bytes of a normal pixel (the lower half) and 6 of a defective
 * one (its region too); each bucket is then counted out. Linear time, whatever the distribution.
 */
import { setImmediate as otherWork } from 'node:timers/promises';
import { internalError } from '../core/error.ts';
import type { RunControl } from '../core/progress.ts';
import { connectedRegions } from './connectedRegions.ts';
import { notFinite } from './distinctScores.ts';
import { bitsOf, orderedKey } from './scoreKey.ts';

/** An image whose truth is known, at the size of its mask. */
export interface PixelImage {
  readonly width: number;
  readonly height: number;
  /** height x width anomaly scores, row by row, finite. */
  readonly scores: Float32Array;
  /** height x width, 0 where the pixel is normal, 1 where defective; all 0 for a normal image. */
  readonly mask: Uint8Array;
}

/** The pixels of one kind, ordered by bucket. */
interface Dealt {
  /** Where each bucket ends; it starts where the one before it ends. */
  readonly ends: Uint32Array;
  /** The lower halves of the keys. */
  readonly lows: Uint16Array;
}

export interface PixelScores {
  readonly normals: Dealt;
  /** The defective pixels; `regionOf` numbers the region of each. */
  readonly anomalies: Dealt & { readonly regionOf: Uint32Array };
  /** In pixels: the 8-connected defective regions of all images. */
  readonly regionAreas: readonly number[];
}

const BUCKETS = 0x10000;

/**
 * @throws FlawmapError (input) naming the image and pixel of a score that is not finite,
 * (internal) where scores, mask and size of an image do not agree
 */
export async function dealPixelScores(
  images: readonly PixelImage[],
  control: RunControl,
): Promise<PixelScores> {
  let passed = 0;
  /** Between images: tells how far it is, and lets an abort arrive. */
  async function rest(): Promise<void> {
    await otherWork();
    control.signal?.throwIfAborted();
    passed++;
    control.onProgress?.({ step: 'measuring pixels', done: passed, total: 2 * images.length });
  }

  const normalSizes = new Uint32Array(BUCKETS);
  const anomalySizes = new Uint32Array(BUCKETS);
  for (const [index, image] of images.entries()) {
    checkSizes(image, index);
    countBuckets(image, index, normalSizes, anomalySizes);
    await rest();
  }
  const normals = prepare(normalSizes);
  const anomalies = prepare(anomalySizes);
  const regionOf = new Uint32Array(anomalies.lows.length);
  const regionAreas: number[] = [];
  const pixels = { normals, anomalies: { ...anomalies, regionOf }, regionAreas };
  for (const image of images) {
    dealImage(image, pixels);
    await rest();
  }
  return pixels;
}

/** Puts the pixels of an image where `ends` says and moves that on, so that it ends at the end. */
function dealImage(
  { scores, mask, width, height }: PixelImage,
  { normals, anomalies, regionAreas }: PixelScores & { readonly regionAreas: number[] },
): void {
  const bits = bitsOf(scores);
  const { labels, regions } = connectedRegions(mask, width, height);
  const before = regionAreas.length - 1;
  for (let i = 0; i < bits.length; i++) {
    const key = orderedKey(bits[i]!);
    const bucket = key >>> 16;
    if (labels[i] === 0) {
      normals.lows[normals.ends[bucket]!++] = key;
    } else {
      const place = anomalies.ends[bucket]!++;
      anomalies.lows[place] = key;
      anomalies.regionOf[place] = before + labels[i]!;
    }
  }
  for (const region of regions) regionAreas.push(region.area);
}

function countBuckets(
  { scores, mask }: PixelImage,
  index: number,
  normalSizes: Uint32Array,
  anomalySizes: Uint32Array,
): void {
  const bits = bitsOf(scores);
  for (let i = 0; i < bits.length; i++) {
    if ((bits[i]! & 0x7f800000) === 0x7f800000) {
      throw notFinite(`the score of pixel ${i} of image ${index}`, scores[i]!);
    }
    const sizes = mask[i] === 0 ? normalSizes : anomalySizes;
    sizes[orderedKey(bits[i]!) >>> 16]!++;
  }
}

/** Room for the pixels of one kind; `ends` tells the buckets' starts until they are dealt. */
function prepare(bucketSizes: Uint32Array): Dealt {
  const ends = new Uint32Array(BUCKETS);
  let total = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    ends[bucket] = total;
    total += bucketSizes[bucket]!;
  }
  return { ends, lows: new Uint16Array(total) };
}

function checkSizes({ scores, mask, width, height }: PixelImage, index: number): void {
  const pixels = width * height;
  if (scores.length === pixels && mask.length === pixels) return;
  throw internalError({
    what: `map and mask of image ${index} do not belong together`,
    expected: `${width} x ${height} = ${pixels} scores and mask values`,
    found: `${scores.length} scores and ${mask.length} mask values`,
  });
}
