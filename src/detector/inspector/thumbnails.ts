/** The small training images that a file has beside what it says of itself. */
import { inputError, messageOf } from '../../core/error.ts';
import { THUMBNAILS_KEY } from './metadataKeys.ts';

/**
 * JPEGs in base64, in the order of `training`; none where they were left out.
 * @param entries metadata of the file, by key
 * @throws FlawmapError (input) for text that is no list of them
 */
export function parseThumbnails(entries: ReadonlyMap<string, string>, name: string): string[] {
  let list: unknown;
  try {
    list = JSON.parse(entries.get(THUMBNAILS_KEY) ?? '[]');
  } catch (error) {
    throw unreadable(name, messageOf(error));
  }
  if (!Array.isArray(list) || !list.every((one) => typeof one === 'string')) {
    throw unreadable(name, 'JSON of something else');
  }
  return list;
}

const unreadable = (name: string, found: string) =>
  inputError({
    what: `${name} has thumbnails that cannot be read`,
    expected: 'a JSON list of JPEGs in base64',
    found,
    remedy: 'make the inspector again with `flawmap fit`',
  });
