/** How a method lets pictures under a new lamp join its model. */
import type { JobContext } from '../../pipeline/kind.ts';
import type { AdaptOptions } from './jobOptions.ts';

/** An image under the lamp, as the clean model sees it. */
export interface LampImage {
  /** float32 [patches * dimension] */
  readonly embedding: Float32Array;
  /** float32 [patches] */
  readonly distances: Float32Array;
}

/** Patch distances of all images after one draw of pictures has joined the model. */
export interface Adapted {
  readonly rows: number | null;
  readonly test: readonly Float32Array[];
  /** Of the pictures, each without its own part in the model. */
  readonly chosen: readonly Float32Array[];
}

/** A method's way to let pictures join: for each draw, at each number of pictures. */
export type Adapt = (
  context: JobContext<AdaptOptions>,
  pool: readonly LampImage[],
  test: readonly LampImage[],
  orders: readonly (readonly number[])[],
  pictures: readonly number[],
  visit: (draw: number, level: number, adapted: Adapted) => Promise<void>,
) => Promise<void>;
