/** ImageNet-C's contrast (Hendrycks and Dietterich, ICLR 2019): about each channel's own mean. */
import { clip, type FloatImage } from '../floatImage.ts';

export interface ChannelContrast {
  /** 0: plain; 1: unchanged. */
  readonly factor: number;
}

/** In place, clipped to 0..1. */
export function applyChannelContrast({ data }: FloatImage, { factor }: ChannelContrast): void {
  for (let channel = 0; channel < 3; channel++) {
    let sum = 0;
    for (let i = channel; i < data.length; i += 3) sum += data[i]!;
    const mean = sum / (data.length / 3);
    for (let i = channel; i < data.length; i += 3) {
      data[i] = clip((data[i]! - mean) * factor + mean);
    }
  }
}
