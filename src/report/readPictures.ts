/** A run's pictures, as far as they can be read; a report is written without the others. */
import { join, resolve, sep } from 'node:path';
import { internalError, messageOf, systemCode } from '../core/error.ts';
import { sha256 } from '../core/hash.ts';
import { readAhead } from '../core/readAhead.ts';
import { readRegularFile } from '../core/regularFile.ts';
import {
  PICTURES_FILE,
  PICTURES_VERSION,
  type PictureIndex,
  pictureIndexSchema,
} from '../result/pictures.ts';
import type { WrittenHashes } from './writtenHashes.ts';

export interface RunPictures {
  /** Holds only what can be read. */
  readonly index: PictureIndex;
  /** Bytes of a file that the index names. */
  readonly read: (file: string) => Uint8Array;
  /** What could not be read, and why: sentences. */
  readonly notes: readonly string[];
}

const NONE: PictureIndex = {
  schemaVersion: PICTURES_VERSION,
  pictures: [],
  scales: [],
  crops: [],
  leftOut: {},
};

/**
 * @param run the run's folder
 * @param hashes of its files; a picture that is not as it was written counts as one that cannot be
 * read
 */
export async function readPictures(
  run: string,
  {
    signal,
    hashes = {},
  }: { readonly signal?: AbortSignal | undefined; readonly hashes?: WrittenHashes } = {},
): Promise<RunPictures> {
  const opened = await openIndex(join(run, PICTURES_FILE));
  if (typeof opened === 'string') {
    return withPictures(NONE, new Map(), [`The run's pictures cannot be shown: ${opened}.`]);
  }
  const index = opened ?? NONE;
  const files = new Map<string, Uint8Array>();
  const wanted = filesOf(index);
  const read = (file: string) => readPicture(run, file, hashes[file]);
  let at = 0;
  for await (const bytes of readAhead(wanted, read, AT_ONCE)) {
    signal?.throwIfAborted();
    const file = wanted[at++]!;
    if (bytes !== null) files.set(file, bytes);
  }
  const lost = wanted.length - files.size;
  const notes =
    lost === 0
      ? []
      : [`${lost} of the run's ${wanted.length} picture files cannot be read and are left out.`];
  return withPictures(readable(index, files), files, notes);
}

const AT_ONCE = 32;

function withPictures(
  index: PictureIndex,
  files: ReadonlyMap<string, Uint8Array>,
  notes: readonly string[],
): RunPictures {
  const read = (file: string) => {
    const bytes = files.get(file);
    if (bytes === undefined) throw internalError({ what: `${file} is no picture of the run` });
    return bytes;
  };
  return { index, read, notes };
}

/** Null where the run has no pictures; why it cannot be read, where it has. */
async function openIndex(path: string): Promise<PictureIndex | string | null> {
  let document: unknown;
  try {
    document = JSON.parse(String(await readRegularFile(path)));
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? null : `${PICTURES_FILE}: ${messageOf(error)}`;
  }
  const parsed = pictureIndexSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return `${PICTURES_FILE}: ${issue?.path.join('.')}: ${issue?.message}`;
}

const filesOf = ({ pictures, crops }: PictureIndex): string[] => [
  ...new Set([
    ...pictures.flatMap(({ image, mask, maps }) => [
      image,
      ...(mask === null ? [] : [mask]),
      ...maps.map(({ file }) => file),
    ]),
    ...crops.map(({ file }) => file),
  ]),
];

/** Null where there is none, where it lies outside the run, is no picture, or was changed. */
async function readPicture(
  run: string,
  file: string,
  written: unknown,
): Promise<Uint8Array | null> {
  const path = resolve(run, file);
  if (!path.startsWith(`${resolve(run)}${sep}`)) return null;
  const bytes = await readRegularFile(path).catch(() => null);
  if (bytes === null || !isPicture(bytes)) return null;
  return typeof written !== 'string' || sha256(bytes) === written ? bytes : null;
}

/** By its first bytes: WebP, PNG or JPEG. */
function isPicture(bytes: Buffer): boolean {
  const starts = (signature: string, at = 0) =>
    bytes.subarray(at, at + signature.length).toString('latin1') === signature;
  return (starts('RIFF') && starts('WEBP', 8)) || starts('\x89PNG') || starts('\xff\xd8\xff');
}

/** The index without what is not among the files. */
function readable(index: PictureIndex, files: ReadonlyMap<string, unknown>): PictureIndex {
  const pictures = index.pictures
    .filter(({ image }) => files.has(image))
    .map((picture) => ({
      ...picture,
      mask: picture.mask !== null && files.has(picture.mask) ? picture.mask : null,
      maps: picture.maps.filter(({ file }) => files.has(file)),
    }));
  return { ...index, pictures, crops: index.crops.filter(({ file }) => files.has(file)) };
}
