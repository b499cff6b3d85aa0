/** Counts of pixels by score, kept beside the pixel metrics that they are draws of. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PixelCounts } from '../../metrics/pixelCounts.ts';
import type { CountedPixels } from '../experiments/pixelRun.ts';
import { bytesOf, readInt32 } from './binaryFile.ts';

/** Whose pixels are counted, and for which PRO. */
export interface CountedImages {
  /** Ids of the images whose truth is known, in the order of the counts. */
  readonly images: readonly string[];
  readonly proLimit: number;
}

/** @param of a seed, or what else tells them apart within the folder */
const countsFile = (of: string): string => `pixel-counts-${of}.i32`;

/**
 * Int32: how many images, how many bins and how many images with defects there are, then the
 * arrays in the order of `PixelCounts`, `coverage` by its bits.
 */
export async function writePixelCounts(
  folder: string,
  of: string,
  { images, tied, normals, defective, anomalies, coverage, regions }: PixelCounts,
): Promise<void> {
  const parts = [
    Int32Array.of(images, tied.length, defective.length),
    Int32Array.from(tied),
    normals,
    defective,
    anomalies,
    new Int32Array(coverage.buffer, coverage.byteOffset, coverage.length),
    regions,
  ];
  await writeFile(join(folder, countsFile(of)), Buffer.concat(parts.map(bytesOf)));
}

export async function readPixelCounts(folder: string, of: string): Promise<PixelCounts> {
  const numbers = await readInt32(join(folder, countsFile(of)));
  const [images, bins, defects] = numbers as unknown as [number, number, number];
  let place = 3;
  const next = (length: number) => {
    place += length;
    return numbers.subarray(place - length, place);
  };
  const tied = Uint8Array.from(next(bins));
  const normals = next(images * bins);
  const defective = next(defects);
  const anomalies = next(defects * bins);
  const bits = next(defects * bins);
  const coverage = new Float32Array(bits.buffer, bits.byteOffset, bits.length);
  return { images, tied, normals, defective, anomalies, coverage, regions: next(defects) };
}

/**
 * @param counted null where nothing was counted
 * @param test all test images
 */
export async function readCountedPixels(
  folder: string,
  of: string,
  counted: CountedImages | null,
  test: readonly { readonly id: string }[],
): Promise<CountedPixels | null> {
  if (counted === null) return null;
  const placeOf = new Map(test.map(({ id }, place) => [id, place]));
  return {
    counts: await readPixelCounts(folder, of),
    places: counted.images.map((id) => placeOf.get(id)!),
    proLimit: counted.proLimit,
  };
}
