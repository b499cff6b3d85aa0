/** One file that has come: read, decoded, scored, judged. */
import { stat } from 'node:fs/promises';
import { FlawmapError } from '../core/error.ts';
import { sha256 } from '../core/hash.ts';
import type { ImagingConditions } from '../detector/inspector/metadata.ts';
import { decodeImageBytes } from '../image/decodeImage.ts';
import type { RgbImage } from '../image/image.ts';
import { readImageFile } from '../image/readImageFile.ts';
import type { JournalEntry } from '../journal/journalLine.ts';
import type { OpenModel } from './currentModel.ts';
import type { SettledFile } from './settle.ts';

export type FileJudgement = Pick<
  JournalEntry,
  'threshold' | 'score' | 'verdict' | 'reason' | 'boxes'
> & {
  /** Undefined for what is no image that can be read. */
  readonly conditions: ImagingConditions | undefined;
};

export interface FileBytes {
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/**
 * @returns `changed` where somebody has written to it since it was settled, `gone`, or why it cannot
 * be read
 */
export async function readSettled(
  file: SettledFile,
): Promise<FileBytes | 'changed' | 'gone' | { readonly refused: string }> {
  let bytes: Uint8Array;
  try {
    bytes = await readImageFile(file.path);
  } catch (error) {
    if (!(error instanceof FlawmapError)) throw error;
    if (error.details.found === 'no such file') return 'gone';
    return { refused: sentence(error) };
  }
  const now = await stat(file.path).catch(() => undefined);
  if (now === undefined) return 'gone';
  const isSame =
    now.size === file.size && now.mtimeMs === file.mtimeMs && now.size === bytes.length;
  return isSame ? { bytes, sha256: sha256(bytes) } : 'changed';
}

/** @returns the image, or why it cannot be decoded */
export async function decodeSettled(
  bytes: Uint8Array,
  path: string,
): Promise<RgbImage | { readonly refused: string }> {
  try {
    return await decodeImageBytes(bytes, path);
  } catch (error) {
    return { refused: refusalOf(error) };
  }
}

export async function judgeImage(
  image: RgbImage,
  path: string,
  { inspector, judge }: OpenModel,
): Promise<FileJudgement> {
  const scored = await inspector.inspect(image);
  try {
    const { score, threshold, verdict, reason, boxes, conditions } = judge(image, scored, path);
    return { score, threshold, verdict, reason, boxes, conditions };
  } catch (error) {
    return notJudged(refusalOf(error), inspector.metadata.calibration.image.threshold);
  }
}

export const notJudged = (reason: string, threshold: number): FileJudgement => ({
  ...{ threshold, score: null, verdict: 'not judged', reason, boxes: [], conditions: undefined },
});

/** Only what is wrong with the image is a judgement. */
function refusalOf(error: unknown): string {
  if (error instanceof FlawmapError && error.kind === 'input') return sentence(error);
  throw error;
}

const sentence = ({ details: { what, expected, found } }: FlawmapError): string =>
  [
    what,
    ...(expected === undefined ? [] : [`expected ${expected}`]),
    ...(found === undefined ? [] : [`found ${found}`]),
  ].join('; ');
