import type { Box } from '../core/box.ts';
import { inputError, systemCode } from '../core/error.ts';
import { sha256File } from '../core/hash.ts';
import type { JournalOptions } from './journalLine.ts';

export interface JudgingOptions {
  readonly roi?: Box | undefined;
  /** Rectangles, and files of masks. */
  readonly ignore?: readonly (Box | string)[] | undefined;
  readonly mmPerPixel?: number | undefined;
  readonly device?: string | undefined;
}

/**
 * What a journal's lines say of how was judged: masks by their content, and the processor, which is
 * usual, not at all.
 * @returns undefined where there is nothing to say
 * @throws FlawmapError (input) for a mask that cannot be read
 */
export async function journalOptions({
  roi,
  ignore = [],
  mmPerPixel,
  device,
}: JudgingOptions): Promise<JournalOptions | undefined> {
  const ignored = await Promise.all(
    ignore.map(async (part) =>
      typeof part === 'string' ? { mask: part, sha256: await hashOf(part) } : part,
    ),
  );
  const options: JournalOptions = {
    ...(roi !== undefined && { roi }),
    ...(ignored.length > 0 && { ignore: ignored }),
    ...(mmPerPixel !== undefined && { mmPerPixel }),
    ...(device !== undefined && device !== 'cpu' && { device }),
  };
  return Object.keys(options).length === 0 ? undefined : options;
}

async function hashOf(mask: string): Promise<string> {
  try {
    return await sha256File(mask);
  } catch (error) {
    throw inputError({
      what: `cannot read the mask ${mask}`,
      expected: 'an image file',
      found: String(systemCode(error) ?? error),
      cause: error,
    });
  }
}
