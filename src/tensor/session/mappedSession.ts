/**
 * A model whose weights stay in its file: the system shows them to onnxruntime as memory, where they
 * would be copied two times before the first run. It opens in a third of the time.
 */
import type { BigIntStats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { inputError } from '../../core/error.ts';
import { openRegularFile } from '../../core/regularFile.ts';
import { fileSource } from '../onnx/fileSource.ts';
import { leaveWeights } from '../onnx/leaveWeights.ts';
import type { Session, SessionOptions } from './session.ts';

export interface MappedOptions extends SessionOptions {
  /** What is opened of the model in the file, whose weights are named, not there; default: all. */
  readonly piece?: (model: Uint8Array) => Uint8Array;
}

/**
 * The file must stay as it is until the session is closed; another may take its place meanwhile.
 * Where it was written over, the next run says so; where it was cut short, the system may end the
 * program. So this is for commands that end, not for servers.
 * @param path of a model that `requireDataOnlyFile` has passed
 * @param open how a session is opened: here, in a thread, or several of them
 * @throws FlawmapError as `openSession`; (input) where the file was written over
 */
export async function openMappedSession<S extends Session>(
  path: string,
  open: (model: Uint8Array, options: SessionOptions) => Promise<S>,
  { piece = (model) => model, ...options }: MappedOptions = {},
): Promise<S> {
  const name = options.name ?? path;
  // Weights are refused where a link leads out of the folder.
  const real = await realpath(path);
  const file = await openRegularFile(real);
  const before = await file.stat({ bigint: true });
  const isAsItWas = async () => isSame(before, await file.stat({ bigint: true }));
  let session: S | undefined;
  try {
    const model = piece(leaveWeights(await fileSource(file), basename(real)));
    const opened = await open(model, { ...options, name, weightsIn: dirname(real) });
    session = opened;
    // The weights are this file's only if it is still the one of that name.
    if (!isSame(before, await stat(real, { bigint: true }))) throw wasChanged(name);
    const close = async () => {
      await opened.close();
      await file.close();
    };
    return {
      ...opened,
      async run(feeds, outputs) {
        const results = await opened.run(feeds, outputs);
        if (await isAsItWas()) return results;
        throw wasChanged(name);
      },
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await session?.close();
    // What does not parse was a model a moment ago.
    const same = !(error instanceof RangeError) && (await isAsItWas());
    await file.close();
    throw same ? error : wasChanged(name);
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
