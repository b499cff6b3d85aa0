/** Where a global model looks: whether patches find rows of their own category. */

export interface RoutingErrors {
  readonly wrong: number;
  readonly total: number;
  /** wrong / total */
  readonly rate: number;
}

/**
 * @param nearest for each image of the category the bank row nearest to each patch
 * @param categoryOfRow for each bank row the category it comes from
 * @param category of the images
 * @returns patches whose nearest row is another category's, and images of which more than half of
 * the patches are such
 */
export function routingErrors(
  nearest: readonly Int32Array[],
  categoryOfRow: ArrayLike<number>,
  category: number,
): { readonly patches: RoutingErrors; readonly images: RoutingErrors } {
  let patches = 0;
  let wrongPatches = 0;
  let wrongImages = 0;
  for (const rows of nearest) {
    let wrong = 0;
    for (const row of rows) if (categoryOfRow[row] !== category) wrong++;
    patches += rows.length;
    wrongPatches += wrong;
    if (wrong > rows.length / 2) wrongImages++;
  }
  const errors = (wrong: number, total: number) => ({ wrong, total, rate: wrong / total });
  return { patches: errors(wrongPatches, patches), images: errors(wrongImages, nearest.length) };
}
