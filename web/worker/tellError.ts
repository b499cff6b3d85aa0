/** Any failure as what was expected, what was found and what to do. */
import { type ErrorDetails, FlawmapError, messageOf } from '../../src/core/error.ts';

const OUT_OF_MEMORY = /out of memory|allocation failed|bad_alloc|failed to allocate|memory access/i;

/** @param name of the file that was worked on */
export function tellError(error: unknown, name: string): ErrorDetails {
  if (error instanceof FlawmapError) {
    const { what, expected, found, remedy } = error.details;
    return {
      what,
      ...(expected !== undefined && { expected }),
      ...(found !== undefined && { found }),
      ...(remedy !== undefined && { remedy }),
    };
  }
  const found = messageOf(error);
  if (error instanceof RangeError || OUT_OF_MEMORY.test(found)) {
    return {
      what: `the browser has no memory left for ${name}`,
      found,
      remedy:
        'close other tabs and load the page again; a model fitted with a smaller --coreset, or a smaller photograph, takes less',
    };
  }
  return {
    what: `${name} cannot be worked on`,
    found,
    remedy: 'load the page again; another browser may say more',
  };
}
