/**
 * A model whose weights stay in its file: the system shows them to onnxruntime as memory, where they
 * would be copied two times before the first run. It opens in a third of the time.
 */
import type { BigIntStats } from 'node:fs';
import { readSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { inputError } from '../core/error.ts';
import { openRegularFile } from '../core/regularFile.ts';
import { leaveWeights } from './leaveWeights.ts';
import type { openSession, Session, SessionOptions } from './session.ts';
import { bufferedSource } from './wireFields.ts';

/**
 * The file must stay as it is until the session is closed; another may take its place meanwhile.
 * Where it was written over, the next run says so; where it was cut short, the system may end the
 * program. So this is for commands that end, not for servers.
 * @param path of a model that `requireDataOnlyFile` has passed
 * @param open how a session is opened: here, or in a thread
 * @throws FlawmapError as `openSession`; (input) where the file was written over
 */
export async function openMappedSession(
  path: string,
  open: typeof openSession,
  options: SessionOptions = {},
): Promise<Session> {
  // Weights are refused where a link leads out of the folder.
  const real = await realpath(path);
  const file = await openRegularFile(real);
  let session: Session | undefined;
  try {
    const before = await file.stat({ bigint: true });
    const requireUnchanged = async (now: BigIntStats) => {
      if (!isSame(before, now)) throw wasChanged(options.name ?? path);
    };
    const source = bufferedSource(Number(before.size), (bytes, start) =>
      readSync(file.fd, bytes, 0, bytes.length, start),
    );
    const model = leaveWeights(source, basename(real));
    const opened = await open(model, { name: path, ...options, weightsIn: dirname(real) });
    session = opened;
    await requireUnchanged(await stat(real, { bigint: true }));
    const close = async () => {
      await opened.close();
      await file.close();
    };
    return {
      inputs: opened.inputs,
      outputs: opened.outputs,
      async run(feeds, outputs) {
        const results = await opened.run(feeds, outputs);
        await requireUnchanged(await file.stat({ bigint: true }));
        return results;
      },
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await session?.close();
    await file.close();
    throw error;
  }
}

const isSame = (one: BigIntStats, other: BigIntStats): boolean =>
  (['dev', 'ino', 'size', 'mtimeNs'] as const).every((key) => one[key] === other[key]);

const wasChanged = (path: string) =>
  inputError({
    what: `${path} was changed while it was in use`,
    expected: 'a model that stays as it is until the work is done',
    found: 'a file written in between',
    remedy: 'start again; put a new model into the place of one in use by moving it there (mv)',
  });
