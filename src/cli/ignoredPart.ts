/** `--ignore`, which may be given several times. */
import type { Box } from '../core/box.ts';
import { type Option, rectangle } from './parameters.ts';

/** Each one a rectangle in whole pixels, or else the file of a mask. */
export function ignoredPart(
  flags: string,
  description: string,
): Option<readonly (Box | string)[] | undefined> {
  const box = rectangle(flags, description);
  return {
    flags,
    description,
    required: false,
    default: undefined,
    parse: (given, previous = []) => {
      const isBox = /^[\d,]+$/.test(given);
      const part = isBox ? box.parse!(given, undefined) : given;
      return part === undefined ? previous : [...previous, part];
    },
  };
}
