import { describe, expect, test } from 'vitest';
import { fitMask } from './fitMask.ts';

/** With these pixels (x, y) defective. */
function mask(width: number, height: number, pixels: readonly (readonly [number, number])[]) {
  const data = new Uint8Array(width * height);
  for (const [x, y] of pixels) data[y * width + x] = 1;
  return { width, height, data };
}

describe('fitMask', () => {
  test('keeps the place of a defect, and the shape of the image', () => {
    const small = fitMask(
      mask(8, 4, [
        [6, 3],
        [7, 3],
      ]),
      4,
    );
    expect(small).toEqual({ width: 4, height: 2, data: Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 1) });
  });

  test('keeps a thin scratch, and drops a single pixel of hundreds', () => {
    const scratch = Array.from({ length: 64 }, (_, x) => [x, 20] as const);
    expect(fitMask(mask(64, 64, scratch), 8).data.reduce((sum, v) => sum + v, 0)).toBe(8);
    const speck = fitMask(mask(64, 64, [[9, 9]]), 2);
    expect([...speck.data]).toEqual([0, 0, 0, 0]);
  });

  test('leaves a small one as it is', () => {
    const small = mask(3, 2, [[1, 1]]);
    expect(fitMask(small, 160)).toBe(small);
  });
});
