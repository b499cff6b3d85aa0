/** An anomaly map as pixels to lay over a photograph. */

import { heatColour } from '../../src/image/heatColour.ts';
import type { FloatMap } from '../../src/image/image.ts';
import { createHeat } from '../../src/image/overlay.ts';

/** `flaws`: what is above the threshold glows; `all`: every distance has its colour. */
export type HeatKind = 'flaws' | 'all';

/** As for the pictures that `flawmap predict` draws. */
const LEAST_SPAN = 1.5;

export function heatPixels(
  { data }: FloatMap,
  pixelThreshold: number,
  kind: HeatKind,
): Uint8ClampedArray<ArrayBuffer> {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const value of data) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  const hottest = Math.max(highest, LEAST_SPAN * pixelThreshold);
  const heatOf =
    kind === 'flaws'
      ? createHeat(pixelThreshold, hottest)
      : (value: number) => ({ heat: (value - lowest) / (hottest - lowest || 1), opacity: 0.85 });
  const pixels = new Uint8ClampedArray(4 * data.length);
  data.forEach((value, at) => {
    const { heat, opacity } = heatOf(value);
    if (opacity === 0) return;
    pixels.set([...heatColour(heat), Math.round(255 * opacity)], 4 * at);
  });
  return pixels;
}
