/**
 * Which columns of a concatenated embedding come from which layers: ascending.
 * @param layers all, as they are concatenated
 * @param wanted some of them
 */
export function layerColumns(
  layers: readonly string[],
  widths: Readonly<Record<string, number>>,
  wanted: readonly string[],
): number[] {
  let first = 0;
  return layers.flatMap((layer) => {
    const start = first;
    first += widths[layer]!;
    return wanted.includes(layer) ? Array.from({ length: first - start }, (_, i) => start + i) : [];
  });
}
