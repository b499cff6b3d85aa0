/** How much the server takes on; each has its option of `flawmap serve`. */
import { availableParallelism } from 'node:os';

export interface Limits {
  /** Processes that judge, one photograph at a time each. */
  readonly workers: number;
  /** Requests that may wait beside those that are judged; more are refused (429). */
  readonly queue: number;
  /** Of one image file. */
  readonly maxBytes: number;
  /** Of one image, looked up in its header before it is decoded. */
  readonly maxPixels: number;
  /** From a request's first byte to its answer; of a batch, for each image. */
  readonly timeoutSeconds: number;
}

export const DEFAULT_LIMITS: Limits = {
  workers: Math.min(4, availableParallelism()),
  queue: 32,
  maxBytes: 32 * 2 ** 20,
  maxPixels: 50e6,
  timeoutSeconds: 30,
};

/** Of one batch: its answers may all have to wait until the client has sent everything. */
export const MOST_IN_BATCH = 256;
/** Beside its image: field names, file names and boundaries of a multipart body. */
export const MULTIPART_OVERHEAD = 65_536;
/** A client that has not sent its whole batch by then is cut off. */
export const UPLOAD_SECONDS = 300;
