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
  let identity = await fileIdentity(path);
  let now = await open(path, options);
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
        if ((await fileIdentity(path)) !== found) {
          // Replaced once more meanwhile: its hash may be that of another file.
          await next.inspector[Symbol.asyncDispose]();
          identity = '';
          return 'same';
        }
        await now.inspector[Symbol.asyncDispose]();
        now = next;
        return 'replaced';
      } catch (error) {
        return { refused: messageOf(error) };
      }
    },
    [Symbol.asyncDispose]: () => now.inspector[Symbol.asyncDispose](),
  };
}

async function open(path: string, options: InspectOptions): Promise<OpenModel> {
  const inspector = await openInspector(path);
  const judge = createImageJudge(inspector.metadata, options);
  return { inspector, judge, sha256: await sha256File(path) };
}
