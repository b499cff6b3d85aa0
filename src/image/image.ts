/** What a photograph, a mask and a map are, once decoded. */

/** An RGB image, 8 bits a channel: `data[(y * width + x) * 3 + channel]`. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A ground-truth mask: `data[y * width + x]` is 1 where the image is defective, else 0. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** One number a pixel, row by row: an anomaly map. */
export interface FloatMap {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}
