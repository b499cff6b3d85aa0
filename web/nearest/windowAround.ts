/** A rectangle in shares of a photograph's width and height. */
export interface Share {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Of the shorter side. */
const SEEN = 0.3;

/**
 * A square around a patch, moved where it would leave the photograph.
 * @param ratio width of the photograph over its height
 */
export function windowAround({ x, y, width, height }: Share, ratio: number): Share {
  const [across, down] = ratio >= 1 ? [SEEN / ratio, SEEN] : [SEEN, SEEN * ratio];
  const within = (middle: number, length: number) =>
    Math.min(Math.max(middle - length / 2, 0), 1 - length);
  return {
    x: within(x + width / 2, across),
    y: within(y + height / 2, down),
    width: across,
    height: down,
  };
}
