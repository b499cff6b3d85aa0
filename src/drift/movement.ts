/** How far descriptors have moved, to explain what a test has seen, or why it has seen nothing. */
import { median, robustSpread } from '../stats/robust.ts';

/** Plain data. */
export interface Movement {
  readonly descriptor: string;
  /** Median of the reference. */
  readonly reference: number;
  /** Median of the later images. */
  readonly later: number;
  /**
   * Their difference in robust standard deviations of the reference (1.4826 x the median absolute
   * deviation); null where most of the reference is equal and the later images are not.
   */
  readonly moved: number | null;
}

/**
 * @param reference the numbers of each descriptor, by name; of at least one image
 * @param later likewise
 * @returns the furthest first; those that have no unit before all others
 */
export function movements(
  reference: Readonly<Record<string, readonly number[]>>,
  later: Readonly<Record<string, readonly number[]>>,
): Movement[] {
  const found = Object.entries(reference).map(([descriptor, values]): Movement => {
    const centre = median(values);
    const now = median(later[descriptor]!);
    const spread = robustSpread(values);
    const moved = now === centre ? 0 : spread === 0 ? null : (now - centre) / spread;
    return { descriptor, reference: centre, later: now, moved };
  });
  const size = ({ moved }: Movement) =>
    moved === null ? Number.POSITIVE_INFINITY : Math.abs(moved);
  return found.sort((a, b) => (size(a) === size(b) ? 0 : size(b) - size(a)));
}
