/** A photograph on the page, from the moment it was dropped. */
import type { ErrorDetails } from '../../src/core/error.ts';
import type { InspectedPhoto } from '../worker/protocol.ts';

export type Label = 'normal' | 'anomalous';

export interface Photo {
  readonly id: number;
  readonly name: string;
  readonly file: Blob;
  /** Of the file, for elements that show it. */
  readonly address: string;
  readonly state:
    | { readonly kind: 'waiting' }
    | { readonly kind: 'judged'; readonly inspected: InspectedPhoto }
    | { readonly kind: 'failed'; readonly error: ErrorDetails };
  /** What somebody has said that it is. */
  readonly label: Label | undefined;
}

export const inspectedOf = ({ state }: Photo): InspectedPhoto | undefined =>
  state.kind === 'judged' ? state.inspected : undefined;
