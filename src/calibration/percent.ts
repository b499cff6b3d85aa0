/** A share as a reader's percentage, to three digits: 0.05 is `5%`, 1 / 21 is `4.76%`. */
export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))}%`;
}
