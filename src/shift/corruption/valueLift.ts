/** ImageNet-C's brightness (Hendrycks and Dietterich, ICLR 2019): added to the value of HSV. */
import type { FloatImage } from '../floatImage.ts';

export interface ValueLift {
  /** 0 to 1. */
  readonly lift: number;
}

/** In place: hue and saturation stay, the largest of red, green and blue grows, at most to 1. */
export function applyValueLift({ data }: FloatImage, { lift }: ValueLift): void {
  for (let i = 0; i < data.length; i += 3) {
    const value = Math.max(data[i]!, data[i + 1]!, data[i + 2]!);
    const lifted = Math.min(value + lift, 1);
    // Black has no saturation: it becomes grey.
    for (let channel = i; channel < i + 3; channel++) {
      data[channel] = value === 0 ? lifted : (data[channel]! / value) * lifted;
    }
  }
}
