/**
 * The versions of a model. MODEL.onnx is the present one; those before it lie in
 * MODEL.onnx.versions/NNNN-HASH.onnx beside a list of what was done. Nothing is ever lost: going back
 * is a version of its own.
 */
import { copyFile, link, lstat, readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { writeAtomic, writeFailure, writeFileAtomic } from '../../core/atomicFile.ts';
import { inputError, messageOf, systemCode } from '../../core/error.ts';
import { flushFile } from '../../core/flush.ts';
import { sha256Chunks, sha256File } from '../../core/hash.ts';
import { lockWriting } from '../../core/lockWriting.ts';
import { otherVersion } from '../../core/otherVersion.ts';

const LIST = 'versions.json';
export const LIST_VERSION = 1;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const image = z.object({ id: z.string(), sha256 });

const numbers = z.object({
  threshold: z.number(),
  pixelThreshold: z.number(),
  /** The false positive rate promised on average. */
  promisedFpr: z.number(),
  trainingImages: z.int(),
  /** PatchCore's bank. */
  rows: z.int().nullable(),
});

const version = z.object({
  number: z.int(),
  sha256,
  parent: sha256.nullable(),
  /** `found`: the file was there, fitted or put there by other means. */
  action: z.enum(['found', 'update', 'recalibrate', 'rollback']),
  /** ISO 8601 */
  when: z.string(),
  /** Of an update or recalibration. */
  images: z
    .object({
      joined: z.array(image),
      calibrated: z.array(image),
      setAside: z.array(image.extend({ reason: z.string() })),
    })
    .optional(),
  before: numbers.optional(),
  after: numbers,
  /** Of a rollback: the number gone back to. */
  restored: z.int().optional(),
});

export const versionsSchema = z.object({
  schemaVersion: z.literal(LIST_VERSION),
  versions: z.array(version),
});

export type ModelNumbers = z.infer<typeof numbers>;
export type Version = z.infer<typeof version>;
export type NewVersion = Omit<Version, 'number' | 'sha256' | 'parent' | 'when'>;

export const versionsFolder = (model: string): string => `${model}.versions`;

/** Where an earlier version lies. */
export const versionFile = (model: string, { number, sha256: hash }: Version): string =>
  join(versionsFolder(model), `${String(number).padStart(4, '0')}-${hash.slice(0, 8)}.onnx`);

/**
 * The present file's version is the last; one that nobody has listed yet is `found`. A last entry
 * whose file never took its place (the program was killed in between) is left away.
 * @param present what is to be said of the file where it is not listed
 * @throws FlawmapError (input) for a list that cannot be read
 */
export async function listVersions(
  model: string,
  present: () => Promise<ModelNumbers>,
  now: Date = new Date(),
): Promise<readonly Version[]> {
  const hash = await sha256File(model);
  const listed = await readList(join(versionsFolder(model), LIST));
  if (listed.at(-1)?.sha256 === hash) return listed;
  // The entry was written, the file was not yet replaced.
  if (listed.at(-2)?.sha256 === hash) return listed.slice(0, -1);
  const last = listed.at(-1);
  const found: Version = {
    number: (last?.number ?? 0) + 1,
    sha256: hash,
    parent: null,
    action: 'found',
    when: now.toISOString(),
    after: await present(),
  };
  return [...listed, found];
}

async function readList(path: string): Promise<readonly Version[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
  let document: unknown;
  try {
    document = JSON.parse(text);
    return versionsSchema.parse(document).versions;
  } catch (error) {
    const { found, remedy } = otherVersion(document, LIST_VERSION, RESTORE) ?? {
      found: messageOf(error),
      remedy: RESTORE,
    };
    throw inputError({
      what: `cannot read ${path}`,
      expected: `the list of a model's versions, schema version ${LIST_VERSION}`,
      found,
      remedy,
      cause: error,
    });
  }
}

const RESTORE = 'restore it, or move the folder away: the model itself is not touched by it';

/**
 * Puts a new version in the model's place: the present file is kept, the list written, the file
 * replaced, in this order and each whole or not at all. One at a time.
 * @param versions as listed, the present one last
 * @param write makes the file, which has reached the disk then, and says what is new in it
 * @throws FlawmapError (input) where the file has changed since it was listed, or is being changed
 */
export async function addVersion(
  model: string,
  versions: readonly Version[],
  write: (path: string) => Promise<NewVersion>,
  now: () => Date = () => new Date(),
): Promise<Version> {
  const present = versions.at(-1)!;
  const listFile = join(versionsFolder(model), LIST);
  let next: Version | undefined;
  const make = async (partial: string) => {
    const added = await write(partial);
    next = {
      ...added,
      number: present.number + 1,
      sha256: await sha256File(partial),
      parent: present.sha256,
      when: now().toISOString(),
    };
  };
  const place = async (partial: string) => {
    await using _alone = await lockVersions(model, listFile);
    if ((await sha256File(model)) !== present.sha256) throw changedMeanwhile(model);
    await writeAtomic(versionFile(model, present), (kept) => keep(model, kept), replace);
    const document = { schemaVersion: LIST_VERSION, versions: [...versions, next] };
    await writeFileAtomic(listFile, `${JSON.stringify(document, undefined, 2)}\n`);
    await rename(partial, model);
  };
  await writeAtomic(model, make, place);
  return next!;
}

/** By a second name: it holds the file itself once another has taken the first. */
async function keep(model: string, path: string): Promise<void> {
  // Of a symbolic link it would be that of the link, and what that leads to keeps its own.
  if ((await lstat(model)).isSymbolicLink()) await copyFile(model, path);
  else await linkOrCopy(model, path);
  await flushFile(path);
}

async function linkOrCopy(model: string, path: string): Promise<void> {
  await link(model, path).catch((error) => {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOSPC' || code === 'EROFS') throw error;
    // A disk that knows no second names (FAT, some network drives).
    return copyFile(model, path);
  });
}

/** Where both are names of one file (a killed program had kept it already), `rename` leaves both. */
async function replace(kept: string, target: string): Promise<void> {
  await rename(kept, target);
  await rm(kept, { force: true });
}

/** @throws FlawmapError (input) for a number that is not listed or whose file is gone or changed */
export async function readVersion(
  model: string,
  versions: readonly Version[],
  number: number,
): Promise<{ readonly version: Version; readonly bytes: Uint8Array }> {
  const found = versions.find((candidate) => candidate.number === number);
  const present = versions.at(-1)!;
  if (found === undefined || found === present) {
    throw inputError({
      what: `${basename(model)} cannot go back to version ${number}`,
      expected: `an earlier version: ${
        versions
          .slice(0, -1)
          .map((one) => one.number)
          .join(', ') || 'there is none'
      }`,
      found: found === present ? 'the present one' : 'no such version',
      remedy: `\`flawmap history ${model}\` lists its versions`,
    });
  }
  const path = versionFile(model, found);
  const bytes = await readFile(path).catch((error) => {
    throw withoutFile(path, String(systemCode(error)), error);
  });
  if (sha256Chunks([bytes]) !== found.sha256) throw withoutFile(path, 'another content');
  return { version: found, bytes };
}

async function lockVersions(model: string, listFile: string): Promise<AsyncDisposable> {
  try {
    return await lockWriting(listFile, `the versions of ${model}`, ONE_AFTER_THE_OTHER);
  } catch (error) {
    throw writeFailure(listFile, error);
  }
}

const ONE_AFTER_THE_OTHER = 'run one command after the other';

function changedMeanwhile(model: string) {
  return inputError({
    what: `${model} has been replaced in the meantime`,
    expected: 'the file that this work began with',
    remedy: ONE_AFTER_THE_OTHER,
  });
}

function withoutFile(path: string, found: string, cause?: unknown) {
  return inputError({
    what: `cannot go back to ${path}`,
    expected: 'the file as it was kept',
    found,
    remedy: 'restore it from a backup, or go back to another version',
    cause,
  });
}
