/** Takes a share of several groups at once. */
import { byCodePoint } from '../codePointOrder.ts';

/** Makes 0.29 x 100 no less than 29. */
const ROUNDING = 1e-9;

/**
 * How many members of each group make up the share, by the method of largest remainders: every
 * number is within one of `share x size`, and their sum is `share x (sum of the sizes)`, rounded.
 * Equal remainders go by the group's name.
 *
 * A group of one gives none and does not count in the sum: it cannot be on both sides.
 * @param share 0 to 1
 */
export function apportion(
  sizes: ReadonlyMap<string, number>,
  share: number,
): ReadonlyMap<string, number> {
  const groups = [...sizes].map(([name, size]) => {
    const target = size > 1 ? share * size : 0;
    const whole = Math.floor(target + ROUNDING);
    return { name, size, whole, remainder: target - whole };
  });
  const divisible = groups.filter(({ size }) => size > 1);
  const total = Math.round(share * divisible.reduce((sum, { size }) => sum + size, 0));
  const missing = total - divisible.reduce((sum, { whole }) => sum + whole, 0);
  const byRemainder = divisible.sort(
    (a, b) =>
      (Math.abs(a.remainder - b.remainder) < ROUNDING ? 0 : b.remainder - a.remainder) ||
      byCodePoint(a.name, b.name),
  );
  const roundedUp = new Set(byRemainder.slice(0, missing).map(({ name }) => name));
  return new Map(groups.map(({ name, whole }) => [name, whole + Number(roundedUp.has(name))]));
}
