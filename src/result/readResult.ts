/** Reads a result document: of this version, or of an earlier one that leads to it. */
import { readFile } from 'node:fs/promises';
import { inputError, messageOf } from '../core/error.ts';
import { MIGRATIONS, type Migration, migrate } from './migrations.ts';
import { RESULT_VERSION, resultSchema, type StudyResult } from './result.ts';

const AGAIN = 'run the study again; what it has computed is kept and not computed twice';

/** @throws FlawmapError (input) naming the file and what is wrong with it */
export async function readResult(
  path: string,
  migrations: Readonly<Record<number, Migration>> = MIGRATIONS,
): Promise<StudyResult> {
  const refuse = (found: string, remedy = AGAIN, cause?: unknown) =>
    inputError({
      what: `${path} is not a result this version of flawmap can read`,
      expected: `the result.json of \`flawmap study\`, schema version ${RESULT_VERSION}`,
      found,
      remedy,
      cause,
    });
  let document: unknown;
  try {
    document = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw refuse(messageOf(error), AGAIN, error);
  }
  if (typeof document !== 'object' || document === null || !('schemaVersion' in document)) {
    throw refuse('a document without schemaVersion');
  }
  const migrated = migrate(document as Record<string, unknown>, RESULT_VERSION, migrations);
  if (migrated === null) throw refuse(versionOf(document), remedyFor(document.schemaVersion));
  const parsed = resultSchema.safeParse(migrated);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refuse(`${issue?.path.join('.')}: ${issue?.message}`);
}

const remedyFor = (version: unknown): string =>
  typeof version === 'number' && version > RESULT_VERSION
    ? 'update flawmap: a newer version has written it'
    : AGAIN;

/** `schema version 0, written by flawmap 0.0.9` */
function versionOf(document: object): string {
  const { schemaVersion, createdBy } = document as Record<string, unknown>;
  const author = typeof createdBy === 'string' ? `, written by ${createdBy}` : '';
  return `schema version ${JSON.stringify(schemaVersion)}${author}`;
}
