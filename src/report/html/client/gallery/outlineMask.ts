/** The outline of a mask, to be laid over its image. */

/**
 * @param mask RGBA, row by row; above half is defect
 * @returns RGBA of the same size: opaque where a defect pixel touches another (4-connected) or the
 * image's edge, transparent elsewhere
 */
export function outlineMask(
  mask: Uint8ClampedArray,
  width: number,
  height: number,
  colour: readonly [number, number, number],
): Uint8ClampedArray<ArrayBuffer> {
  const defect = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && mask[4 * (y * width + x)]! > 127;
  const outline = new Uint8ClampedArray(mask.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside = defect(x - 1, y) && defect(x + 1, y) && defect(x, y - 1) && defect(x, y + 1);
      if (defect(x, y) && !inside) outline.set([...colour, 255], 4 * (y * width + x));
    }
  }
  return outline;
}
