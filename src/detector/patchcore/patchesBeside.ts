/** Training patches as the search will meet them: those that did not become rows of the bank. */
import type { EmbeddingSource } from '../embeddingSource.ts';
import type { MemoryBank } from './memoryBank.ts';

/** As many of the bank's rows are searched for, too. */
const COUNT = 64;

/**
 * @param source what the bank was chosen from
 * @returns as embedded, from all over the source: float32 [64, dimension], or fewer where there are no
 * more
 */
export async function patchesBeside(
  { sourceImage, sourcePatch }: Pick<MemoryBank, 'sourceImage' | 'sourcePatch'>,
  source: EmbeddingSource,
  patchesPerImage: number,
): Promise<Float32Array> {
  const chosen = new Set(sourceImage.map((image, i) => image * patchesPerImage + sourcePatch[i]!));
  const others = source.rowCount - chosen.size;
  const count = Math.min(COUNT, others);
  const places = new Int32Array(count);
  let found = 0;
  let passed = 0;
  for (let row = 0; found < count; row++) {
    if (chosen.has(row)) continue;
    if (passed++ === Math.floor(((found + 0.5) * others) / count)) places[found++] = row;
  }
  return source.readRows(places);
}
