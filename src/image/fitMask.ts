/** Makes masks small, for looking at. */
import type { Mask } from './image.ts';

/** Share of a small pixel that must be defective: a scratch must not vanish. */
const VISIBLE = 0.1;

/** The mask scaled so that its longest side is at most `edge` pixels; small ones keep their size. */
export function fitMask(mask: Mask, edge: number): Mask {
  const scale = edge / Math.max(mask.width, mask.height);
  if (scale >= 1) return mask;
  const width = Math.max(1, Math.round(mask.width * scale));
  const height = Math.max(1, Math.round(mask.height * scale));
  const defective = new Uint32Array(width * height);
  const all = new Uint32Array(width * height);
  for (let y = 0; y < mask.height; y++) {
    const row = Math.floor((y * height) / mask.height) * width;
    for (let x = 0; x < mask.width; x++) {
      const to = row + Math.floor((x * width) / mask.width);
      all[to]!++;
      defective[to]! += mask.data[y * mask.width + x]!;
    }
  }
  return {
    width,
    height,
    data: Uint8Array.from(defective, (count, i) => (count > VISIBLE * all[i]! ? 1 : 0)),
  };
}
