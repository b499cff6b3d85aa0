/** Numbers and lists as sentences have them. */
import { listed } from '../../core/listed.ts';

/** `0.97`; what would round to nothing has more digits. */
export const decimals = (value: number): string =>
  value.toFixed(value !== 0 && Math.abs(value) < 0.005 ? 4 : 2);

/** `5%`. */
export const percentage = (share: number): string => `${Math.round(100 * share)}%`;

/** At most so many of them by name: `blur, noise and 7 others`. */
export function firstOf(items: readonly string[], most: number): string {
  if (items.length <= most + 1) return listed(items);
  return `${items.slice(0, most).join(', ')} and ${items.length - most} others`;
}

/** `1 other`, `3 others`. */
export const others = (count: number): string => `${count} ${count === 1 ? 'other' : 'others'}`;
