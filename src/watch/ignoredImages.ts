/**
 * Which images lay in a folder when it was first watched, and are not to be judged: kept beside the
 * journal, so that after a restart they are told from those that came meanwhile.
 */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { writeFileAtomic } from '../core/atomicFile.ts';
import { inputError, messageOf, systemCode } from '../core/error.ts';
import type { FoundImage } from './findImages.ts';

export const IGNORED_VERSION = 1;

export const ignoredSchema = z.object({
  schemaVersion: z.literal(IGNORED_VERSION),
  /** Absolute path. */
  folder: z.string(),
  /** By absolute path: size in bytes, time of change in milliseconds since 1970. */
  images: z.record(z.string(), z.tuple([z.number(), z.number()])),
});

type Ignored = z.infer<typeof ignoredSchema>['images'];

/**
 * Those of the images that are not to be judged.
 * @param images that are there now
 * @param existing whether all are to be judged; for good, then
 * @throws FlawmapError (input) for a list that cannot be read
 */
export async function ignoredImages(
  path: string,
  folder: string,
  images: readonly FoundImage[],
  existing: boolean,
): Promise<ReadonlySet<string>> {
  const known = existing ? undefined : await readIgnored(path, folder);
  if (known === undefined) {
    const now = existing ? [] : images;
    const entries = now.map(({ path: image, size, mtimeMs }) => [image, [size, mtimeMs]]);
    const content = { schemaVersion: IGNORED_VERSION, folder, images: Object.fromEntries(entries) };
    await writeFileAtomic(path, `${JSON.stringify(content)}\n`);
    return new Set(now.map(({ path: image }) => image));
  }
  // Another file under the same name has come since.
  const same = ({ path: image, size, mtimeMs }: FoundImage) =>
    known[image]?.[0] === size && known[image]?.[1] === mtimeMs;
  return new Set(images.filter(same).map(({ path: image }) => image));
}

/** Undefined where this folder has not been watched with this journal. */
async function readIgnored(path: string, folder: string): Promise<Ignored | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw unreadable(path, messageOf(error));
  }
  const { folder: watched, images } = parse(path, text);
  return watched === folder ? images : undefined;
}

function parse(path: string, text: string): z.infer<typeof ignoredSchema> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw unreadable(path, `no JSON: ${messageOf(error)}`);
  }
  const parsed = ignoredSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw unreadable(path, `${issue.path.join('.') || 'the document'}: ${issue.message}`);
}

const unreadable = (path: string, found: string) =>
  inputError({
    what: `cannot read ${path}`,
    expected: 'the list of the images that were there when the folder was first watched',
    found,
    remedy: 'remove it: images that are there now are then left alone, or judged with --existing',
  });
