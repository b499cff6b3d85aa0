/** All that the page shows, and how it changes. */
import type { ErrorDetails } from '../../src/core/error.ts';
import type { ModelEntry } from '../models/modelEntry.ts';
import type { InspectedPhoto, OpenedModel } from '../worker/protocol.ts';
import type { Label, Photo } from './photo.ts';

export type ModelState =
  | { readonly kind: 'none' }
  | { readonly kind: 'opening'; readonly entry: ModelEntry; readonly share: number | undefined }
  | { readonly kind: 'open'; readonly entry: ModelEntry; readonly opened: OpenedModel }
  | {
      readonly kind: 'failed';
      /** Undefined: the list of models. */
      readonly entry?: ModelEntry;
      readonly error: ErrorDetails;
    };

export interface PageState {
  readonly entries: readonly ModelEntry[];
  readonly model: ModelState;
  readonly photos: readonly Photo[];
  /** Of a photograph. */
  readonly selected: number | undefined;
  /** The threshold chosen here; undefined: the model's. */
  readonly threshold: number | undefined;
  readonly mmPerPixel: number | undefined;
  readonly camera: boolean;
}

export const EMPTY: PageState = {
  entries: [],
  model: { kind: 'none' },
  photos: [],
  selected: undefined,
  threshold: undefined,
  mmPerPixel: undefined,
  camera: false,
};

interface Judged {
  /** Of the photograph. */
  readonly id: number;
  /** What was open when it was judged. */
  readonly by: OpenedModel;
}

export type Change =
  | { readonly kind: 'entries'; readonly entries: readonly ModelEntry[] }
  | { readonly kind: 'model'; readonly model: ModelState }
  | { readonly kind: 'add'; readonly photos: readonly Photo[] }
  | { readonly kind: 'remove'; readonly id: number }
  | ({ readonly kind: 'judged'; readonly inspected: InspectedPhoto } & Judged)
  | ({ readonly kind: 'refused'; readonly error: ErrorDetails } & Judged)
  | { readonly kind: 'label'; readonly id: number; readonly label: Label | undefined }
  | { readonly kind: 'select'; readonly id: number }
  | { readonly kind: 'step'; readonly by: number }
  | { readonly kind: 'threshold'; readonly threshold: number | undefined }
  | { readonly kind: 'mmPerPixel'; readonly mmPerPixel: number | undefined }
  | { readonly kind: 'camera'; readonly camera: boolean };

export function changePage(state: PageState, change: Change): PageState {
  switch (change.kind) {
    case 'entries':
      return { ...state, entries: change.entries };
    case 'model':
      return withModel(state, change.model);
    case 'add':
      return {
        ...state,
        photos: [...state.photos, ...change.photos],
        selected: change.photos[0]?.id ?? state.selected,
        camera: false,
      };
    case 'remove':
      return without(state, change.id);
    case 'judged':
      return settled(state, change, { kind: 'judged', inspected: change.inspected });
    case 'refused':
      return settled(state, change, { kind: 'failed', error: change.error });
    case 'label':
      return withPhoto(state, change.id, { label: change.label });
    case 'select':
      return { ...state, selected: change.id, camera: false };
    case 'step':
      return { ...state, selected: stepped(state, change.by) };
    case 'threshold':
      return { ...state, threshold: change.threshold };
    case 'mmPerPixel':
      return { ...state, mmPerPixel: change.mmPerPixel };
    case 'camera':
      return { ...state, camera: change.camera };
  }
}

/** Another model judges everything anew, at its own threshold. */
function withModel(state: PageState, model: ModelState): PageState {
  if (model.kind !== 'open') return { ...state, model };
  const photos = state.photos.map((photo) => ({ ...photo, state: { kind: 'waiting' } as const }));
  return { ...state, model, photos, threshold: undefined };
}

/** What another model has said waits to be judged again. */
function settled(state: PageState, { id, by }: Judged, result: Photo['state']): PageState {
  const isCurrent = state.model.kind === 'open' && state.model.opened === by;
  return withPhoto(state, id, { state: isCurrent ? result : { kind: 'waiting' } });
}

function withPhoto(state: PageState, id: number, change: Partial<Photo>): PageState {
  const photos = state.photos.map((photo) => (photo.id === id ? { ...photo, ...change } : photo));
  return { ...state, photos };
}

/** The neighbour is shown instead. */
function without(state: PageState, id: number): PageState {
  const place = state.photos.findIndex((photo) => photo.id === id);
  const photos = state.photos.filter((photo) => photo.id !== id);
  const neighbour = photos[Math.min(place, photos.length - 1)]?.id;
  return { ...state, photos, selected: state.selected === id ? neighbour : state.selected };
}

function stepped({ photos, selected }: PageState, by: number): number | undefined {
  const place = photos.findIndex(({ id }) => id === selected);
  return photos[Math.min(Math.max(place + by, 0), photos.length - 1)]?.id;
}
