/** Reads a result document, of this version. */
import { readFile } from 'node:fs/promises';
import { inputError, messageOf } from '../core/error.ts';
import { RESULT_VERSION, resultSchema, type StudyResult } from './result.ts';

/** @throws FlawmapError (input) naming the file and what is wrong with it */
export async function readResult(path: string): Promise<StudyResult> {
  const refuse = (found: string, cause?: unknown) =>
    inputError({
      what: `${path} is not a result this version of flawmap can read`,
      expected: `the result.json of \`flawmap study\`, schema version ${RESULT_VERSION}`,
      found,
      remedy: 'run the study again; what it has computed is kept and not computed twice',
      cause,
    });
  let document: unknown;
  try {
    document = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw refuse(messageOf(error), error);
  }
  const parsed = resultSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refuse(`${issue?.path.join('.')}: ${issue?.message}`);
}
