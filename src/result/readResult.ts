/** Reads a result document: of this version, or of an earlier one that leads to it. */
import { FlawmapError, inputError, messageOf } from '../core/error.ts';
import { otherVersion } from '../core/otherVersion.ts';
import { readRegularFile } from '../core/regularFile.ts';
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
    document = JSON.parse(String(await readRegularFile(path)));
  } catch (error) {
    if (error instanceof FlawmapError) throw error;
    throw refuse(messageOf(error), AGAIN, error);
  }
  const migrated = migrate(record(document), RESULT_VERSION, migrations);
  if (migrated === null) {
    const { found, remedy } = otherVersion(document, RESULT_VERSION, AGAIN)!;
    throw refuse(found, remedy);
  }
  const parsed = resultSchema.safeParse(migrated);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refuse(`${issue?.path.join('.')}: ${issue?.message}`);
}

const record = (document: unknown): Readonly<Record<string, unknown>> =>
  typeof document === 'object' && document !== null ? (document as Record<string, unknown>) : {};
