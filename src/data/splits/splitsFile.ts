/** The JSON file that split lists are kept in. */
import { z } from 'zod';
import { writeFileAtomic } from '../../core/atomicFile.ts';
import {
  environmentError,
  type FlawmapError,
  inputError,
  messageOf,
  systemCode,
} from '../../core/error.ts';
import { otherVersion } from '../../core/otherVersion.ts';
import { readRegularFile } from '../../core/regularFile.ts';
import type { Splits } from './split.ts';

export const SPLITS_VERSION = 1;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'not a SHA-256');
const images = z.array(
  z.strictObject({
    id: z.string().min(1),
    sha256,
    label: z.enum(['normal', 'anomalous']),
    defectType: z.string().min(1),
    mask: z.nullable(z.strictObject({ id: z.string().min(1), sha256 })),
  }),
);
export const splitsSchema = z.strictObject({
  schemaVersion: z.literal(SPLITS_VERSION),
  seed: z.int(),
  validation: z.number(),
  anomalousValidation: z.number(),
  categories: z.array(
    z.strictObject({ category: z.string(), train: images, val: images, test: images }),
  ),
});

/**
 * @returns undefined where there is no such file
 * @throws FlawmapError when it cannot be read, or holds something else than split lists
 */
export async function readSplits(file: string): Promise<Splits | undefined> {
  let text: string;
  try {
    text = String(await readRegularFile(file));
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT') return undefined;
    if (code === undefined) throw error;
    throw unreadable(file, code, error);
  }
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw notSplits(file, `no JSON: ${messageOf(error)}`);
  }
  const other = otherVersion(document, SPLITS_VERSION, REDRAW);
  if (other !== undefined) throw notSplits(file, other.found, other.remedy);
  const parsed = splitsSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw notSplits(file, `${path.join('.') || 'the document'}: ${message}`);
}

export const writeSplits = (file: string, splits: Splits): Promise<void> =>
  writeFileAtomic(file, `${JSON.stringify(splits, null, 1)}\n`);

function unreadable(file: string, code: string, cause: unknown): FlawmapError {
  return environmentError({
    what: `cannot read the split lists ${file}`,
    expected: 'a file with split lists',
    found: code,
    remedy: 'check the path and the permissions of the file',
    cause,
  });
}

const REDRAW = 'restore the file, or remove it to draw the split again';

function notSplits(file: string, found: string, remedy = REDRAW): FlawmapError {
  return inputError({
    what: `${file} holds no split lists that can be used`,
    expected: `split lists of schema version ${SPLITS_VERSION}`,
    found,
    remedy,
  });
}
