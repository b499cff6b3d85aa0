/** What page and worker say to each other. */
import type { InspectedInBrowser, InspectorFile } from '../../src/browser/browser.ts';
import type { ErrorDetails } from '../../src/core/error.ts';
import type { OrderStatisticBand } from '../../src/stats/orderStatisticBand.ts';

/** What the browser itself computes with. */
export interface RuntimeInUse {
  readonly kind: 'webgpu' | 'wasm';
  readonly threads: number;
  /** Why WebGPU is not used where it was tried. */
  readonly note?: string;
}

export interface OpenedModel extends InspectorFile {
  readonly runtime: RuntimeInUse;
}

export interface InspectedPhoto extends InspectedInBrowser {
  /** A small JPEG to list the photograph by. */
  readonly thumbnail: Blob | undefined;
  readonly milliseconds: { readonly decode: number; readonly inspect: number };
}

export interface Calls {
  readonly open: {
    readonly ask: {
      readonly bytes: ArrayBuffer;
      readonly name: string;
      readonly runtime: RuntimeInUse['kind'];
    };
    readonly answer: OpenedModel;
  };
  readonly inspect: {
    readonly ask: {
      /** A file's bytes, or a frame of a camera. */
      readonly source: Blob | ImageBitmap;
      readonly name: string;
      readonly thumbnail: boolean;
    };
    readonly answer: InspectedPhoto;
  };
  /** Bands of rates take long for many images. */
  readonly band: {
    readonly ask: { readonly n: number; readonly name: string };
    readonly answer: OrderStatisticBand;
  };
}

export type Call = keyof Calls;

export type ToWorker = {
  [Kind in Call]: { readonly id: number; readonly kind: Kind; readonly ask: Calls[Kind]['ask'] };
}[Call];

export type FromWorker =
  | { readonly id: number; readonly answer: Calls[Call]['answer'] }
  | { readonly id: number; readonly error: ErrorDetails };
