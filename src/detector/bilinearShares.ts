/**
 * Which of `count` values, spread over a line, a place on it is made of when there are `size` places:
 * half-pixel centres; beyond the outermost values, that one alone.
 */
export function bilinearShares(
  place: number,
  count: number,
  size: number,
): readonly (readonly [value: number, share: number])[] {
  const at = Math.max(0, ((place + 0.5) * count) / size - 0.5);
  const first = Math.min(Math.floor(at), count - 1);
  const share = at - first;
  return first === count - 1
    ? [[first, 1]]
    : [
        [first, 1 - share],
        [first + 1, share],
      ];
}
