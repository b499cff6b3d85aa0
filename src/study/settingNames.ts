/** Errors of parts that commands share, in words of a study's configuration. */
import { FlawmapError } from '../core/error.ts';

const SETTINGS: Readonly<Record<string, string>> = {
  '--backbone': 'backbone.name',
  '--resize': 'backbone.resize',
  '--crop': 'backbone.crop',
  '--channels': 'padim.channels',
  '--coreset': 'patchcore.coreset',
  '--embedding': 'patchcore.embedding',
  '--layers': 'layers',
  '--category': 'dataset.categories',
};

/**
 * Names settings where the command line's options are named. What a command would call a wrong
 * option is wrong input here: it is in a file.
 */
export async function namingSettings<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FlawmapError)) throw error;
    const { cause, ...texts } = error.details;
    const named = Object.entries(texts).map(([part, text]) => [part, namedIn(text)]);
    throw new FlawmapError(error.kind === 'usage' ? 'input' : error.kind, {
      ...(Object.fromEntries(named) as typeof texts),
      cause: cause ?? error,
    });
  }
}

const namedIn = (text: string): string =>
  text.replace(/--[a-z]+/g, (option) => SETTINGS[option] ?? option);
