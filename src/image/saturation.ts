/** How colourful a photograph is. */
import type { RgbImage } from './image.ts';

/** Mean over pixels of (largest - smallest channel) / largest, the S of HSV: 0 is grey, 1 pure. */
export function saturation({ data }: RgbImage): number {
  let sum = 0;
  for (let i = 0; i < data.length; i += 3) {
    const largest = Math.max(data[i]!, data[i + 1]!, data[i + 2]!);
    const smallest = Math.min(data[i]!, data[i + 1]!, data[i + 2]!);
    if (largest > 0) sum += (largest - smallest) / largest;
  }
  return sum / (data.length / 3);
}
