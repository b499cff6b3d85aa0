/** A model that is read again when its file is replaced, as `update` and `recalibrate` do. */
import { messageOf } from '../core/error.ts';
import { fileIdentity } from '../core/fileIdentity.ts';
import { sha256File } from '../core/hash.ts';
import { type OpenInspector, openInspector } from '../detector/inspector/inspector.ts';
import {
  createImageJudge,
  type ImageJudge,
  type InspectOptions,
} from '../inspection/judge/imageJudge.ts';

export interface OpenModel {
  readonly inspector: OpenInspector;
  readonly judge: ImageJudge;
  /** Of the file. */
  readonly sha256: string;
}

export interface CurrentModel extends AsyncDisposable {
  readonly now: OpenModel;
  /**
   * Looks whether there is another file.
   * @returns `replaced` with it in `now`; where it cannot be read, why, once, and the one before stays
   */
  refresh(): Promise<'same' | 'replaced' | { readonly refused: string }>;
}

/** @throws FlawmapError for a file that is no inspector */
export async function openCurrentModel(
  path: string,
  options: InspectOptions,
): Promise<CurrentModel> {
  let opened = await open(path, options);
  while (opened === undefined) opened = await open(path, options);
  let { model: now, identity } = opened;
  return {
    get now() {
      return now;
    },
    async refresh() {
      const found = await fileIdentity(path);
      if (found === identity) return 'same';
      identity = found;
      try {
        if ((await sha256File(path)) === now.sha256) return 'same';
        const next = await open(path, options);
        // Replaced once more meanwhile: the next look finds out.
        identity = next?.identity ?? '';
        if (next === undefined) return 'same';
        await now.inspector[Symbol.asyncDispose]();
        now = next.model;
        return 'replaced';
      } catch (error) {
        return { refused: messageOf(error) };
      }
    },
    [Symbol.asyncDispose]: () => now.inspector[Symbol.asyncDispose](),
  };
}

/** @returns undefined where the file was replaced meanwhile: its hash may be that of another */
async function open(
  path: string,
  options: InspectOptions,
): Promise<{ readonly model: OpenModel; readonly identity: string } | undefined> {
  const identity = await fileIdentity(path);
  const inspector = await openInspector(path);
  try {
    const judge = createImageJudge(inspector.metadata, options);
    const model = { inspector, judge, sha256: await sha256File(path) };
    if ((await fileIdentity(path)) === identity) return { model, identity };
  } catch (error) {
    await inspector[Symbol.asyncDispose]();
    throw error;
  }
  await inspector[Symbol.asyncDispose]();
  return undefined;
}
