/** Opens one image and its mask and says what is wrong with them. */
import { FlawmapError } from '../core/error.ts';
import { sha256 } from '../core/hash.ts';
import { decodeImageBytes } from '../image/decodeImage.ts';
import { decodeMask } from '../image/decodeMask.ts';
import type { RgbImage } from '../image/image.ts';
import { readImageFile } from '../image/readImageFile.ts';
import type { Sample } from './dataset.ts';
import type { Problem, ProblemKind } from './problem.ts';

export interface CheckedSample {
  readonly sample: Sample;
  /** SHA-256 of the file's bytes; absent if it cannot be read. */
  readonly fileHash?: string;
  /** SHA-256 of size and pixels; absent if it does not decode. */
  readonly pixelHash?: string;
  readonly problems: readonly Problem[];
}

export async function checkSample(sample: Sample): Promise<CheckedSample> {
  const problems: Problem[] = [];
  const bytes = await tryOrReport('unreadable-image', sample.path, problems, () =>
    readImageFile(sample.path),
  );
  const image =
    bytes &&
    (await tryOrReport('unreadable-image', sample.path, problems, () =>
      decodeImageBytes(bytes, sample.path),
    ));
  if (sample.maskPath !== undefined) await checkMask(sample, sample.maskPath, image, problems);
  return {
    sample,
    ...(bytes && { fileHash: sha256(bytes) }),
    ...(image && { pixelHash: `${image.width}x${image.height} ${sha256(image.data)}` }),
    problems,
  };
}

async function checkMask(
  { path }: Sample,
  maskPath: string,
  image: RgbImage | undefined,
  problems: Problem[],
): Promise<void> {
  const mask = await tryOrReport('unreadable-mask', maskPath, problems, () => decodeMask(maskPath));
  if (mask === undefined) return;
  if (image && (mask.width !== image.width || mask.height !== image.height)) {
    problems.push({
      kind: 'mask-size',
      severity: 'error',
      path: maskPath,
      message: `${maskPath} is ${mask.width} x ${mask.height}, its image ${image.width} x ${image.height}`,
      remedy: 'draw the mask at the size of the image, or resize it with nearest neighbour',
      others: [path],
    });
  }
  if (!mask.data.includes(1)) {
    problems.push({
      kind: 'empty-mask',
      severity: 'error',
      path: maskPath,
      message: `${maskPath} marks no pixel, so it calls a defective image good`,
      remedy: 'draw the defect, or remove the mask if the place is not known',
      others: [path],
    });
  }
}

async function tryOrReport<T>(
  kind: ProblemKind,
  path: string,
  problems: Problem[],
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FlawmapError)) throw error;
    const { what, found, remedy = 'restore the file, or remove it' } = error.details;
    const message = found === undefined ? what : `${what}: ${found}`;
    problems.push({ kind, severity: 'error', path, message, remedy });
    return undefined;
  }
}
