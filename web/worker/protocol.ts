/** What page and worker say to each other. */
import type { InspectedInBrowser, InspectorFile } from '../../src/browser/browser.ts';
import type { ErrorDetails } from '../../src/core/error.ts';
import type { OrderStatisticBand } from '../../src/stats/orderStatisticBand.ts';

/** What the browser itself computes with. */
export interface RuntimeInUse {
  readonly kind: 'webgpu' | 'wasm';
  readonly threads: number;
  /** Why WebGPU is not used. */
  readonly note?: string;
}

/** `auto`: WebGPU where there is a graphics card that says the same and is not slower. */
export type RuntimeWanted = 'auto' | RuntimeInUse['kind'];

export interface OpenedModel extends InspectorFile {
  readonly runtime: RuntimeInUse;
}

export interface InspectedPhoto extends InspectedInBrowser {
  /** A small JPEG to list the photograph by. */
  readonly thumbnail: Blob | undefined;
  /** What judged it: a graphics card may fail later. */
  readonly runtime: RuntimeInUse;
  readonly milliseconds: { readonly decode: number; readonly inspect: number };
}

export interface Calls {
  readonly open: {
    readonly ask: {
      readonly bytes: ArrayBuffer;
      readonly name: string;
      readonly runtime: RuntimeWanted;
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
