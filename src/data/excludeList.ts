/** The list of samples to leave out, which `audit` writes and `fit --exclude` reads. */
import { readFile } from 'node:fs/promises';
import { type FlawmapError, inputError, systemCode } from '../core/error.ts';
import { nearestName } from '../core/nearestName.ts';
import type { Sample } from './dataset.ts';

export interface ExcludeList {
  /** The file it came from, for messages. */
  readonly path: string;
  /** Sample ids, such as `train/good/017.png`. */
  readonly ids: readonly string[];
}

/**
 * Reads one sample id a line. Empty lines are skipped, and what follows a `#` at the start of a
 * line or after a blank is a comment.
 * @throws FlawmapError when the file is missing or cannot be read
 */
export async function readExcludeList(path: string): Promise<ExcludeList> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    throw inputError({
      what: `cannot read the exclude list ${path}`,
      expected: 'a text file with one sample id a line',
      found: code === 'ENOENT' ? 'no such file' : code,
      remedy: 'check the path; `flawmap audit` writes such a list',
      cause: error,
    });
  }
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const ids = lines.map((line) => line.replace(/(^|\s)#.*$/, '').trim());
  return { path, ids: ids.filter((id) => id !== '') };
}

/**
 * The samples that are not on the list, in their order.
 * @throws FlawmapError for an id that no sample has, and when no sample is left
 */
export function excludeSamples(
  samples: readonly Sample[],
  { path, ids }: ExcludeList,
): readonly Sample[] {
  const known = new Set(samples.map(({ id }) => id));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined) throw unknownId(path, unknown, [...known]);
  const excluded = new Set(ids);
  const left = samples.filter(({ id }) => !excluded.has(id));
  if (left.length === 0) {
    throw inputError({
      what: `${path} excludes all ${samples.length} samples`,
      expected: 'some samples left',
      remedy: 'remove lines from it',
    });
  }
  return left;
}

function unknownId(path: string, id: string, known: readonly string[]): FlawmapError {
  const near = known.find((other) => other.endsWith(`/${id}`)) ?? nearestName(id, known);
  return inputError({
    what: `${path} excludes ${id}, which is no sample`,
    expected: `ids such as ${near ?? known[0] ?? 'train/good/000.png'}`,
    found: id,
    remedy:
      near === undefined ? 'remove the line, or write the id in full' : `did you mean ${near}?`,
  });
}
