/** The page's state and what can be done with it. */
import { useEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import { type ErrorDetails, FlawmapError, messageOf } from '../../src/core/error.ts';
import { type Engine, startEngine } from '../engine/engine.ts';
import { fetchModel } from '../models/fetchModel.ts';
import {
  forgetModel,
  keepModel,
  keepModelList,
  keptBytes,
  listOwnModels,
  MODEL_LIST,
  ownEntry,
} from '../models/keptModels.ts';
import { readModelList } from '../models/listModels.ts';
import type { ModelEntry } from '../models/modelEntry.ts';
import type { RuntimeWanted } from '../worker/protocol.ts';
import { type Change, changePage, EMPTY, type ModelState, type PageState } from './pageState.ts';
import type { Photo } from './photo.ts';

export interface Page {
  readonly state: PageState;
  readonly engine: Engine;
  change(change: Change): void;
  openEntry(entry: ModelEntry): void;
  forget(entry: ModelEntry): void;
  /** Images are judged, a model is opened. */
  take(files: readonly File[]): void;
  /** A photograph that is no file, such as a frame of the camera. */
  addPhoto(name: string, file: Blob): void;
  removePhoto(photo: Photo): void;
}

let photoCount = 0;
const photoOf = (name: string, file: Blob): Photo => ({
  id: ++photoCount,
  name,
  file,
  address: URL.createObjectURL(file),
  state: { kind: 'waiting' },
  label: undefined,
});

export function usePage(): Page {
  const [state, change] = useReducer(changePage, EMPTY);
  const engine = useMemo(() => startEngine(new URL('worker.js', document.baseURI)), []);
  // Of what is opened: answers that come after another was chosen are not for anybody.
  const generation = useRef(0);

  async function open(
    entry: ModelEntry,
    bytesOf: (onShare: (share: number | undefined) => void) => Promise<ArrayBuffer>,
  ): Promise<void> {
    const own = ++generation.current;
    const isCurrent = () => own === generation.current;
    const tell = (model: ModelState) => isCurrent() && change({ kind: 'model', model });
    try {
      tell({ kind: 'opening', entry, share: undefined });
      const bytes = await bytesOf((share) => tell({ kind: 'opening', entry, share }));
      if (!isCurrent()) return;
      const kept = bytes.slice(0);
      const opened = await engine.open({ bytes, name: entry.name, runtime: wantedRuntime() });
      tell({ kind: 'open', entry, opened });
      await keepModel(entry, kept);
      if (entry.own) change({ kind: 'entries', entries: await withOwn() });
    } catch (error) {
      tell({ kind: 'failed', entry, error: detailsOf(error, entry.name) });
    }
  }

  const openEntry = (entry: ModelEntry) =>
    void open(entry, async (onShare) => {
      const kept = entry.own ? await keptBytes(entry) : undefined;
      return kept ?? fetchModel(entry, onShare);
    });

  const listed = useRef<readonly ModelEntry[]>([]);
  const withOwn = async () => [...listed.current, ...(await listOwnModels())];

  useEffect(() => {
    const list = async () => {
      const response = await fetch(MODEL_LIST, { cache: 'no-cache' });
      if (!response.ok) return;
      const text = await response.text();
      listed.current = readModelList(text);
      await keepModelList(text);
    };
    void list()
      .catch((error) => {
        // Without a network, and opened for the first time, there is no list: that is not wrong.
        if (!(error instanceof FlawmapError)) return;
        change({ kind: 'model', model: { kind: 'failed', error: error.details } });
      })
      .then(withOwn)
      .then((entries) => {
        change({ kind: 'entries', entries });
        if (entries[0] !== undefined && generation.current === 0) openEntry(entries[0]);
      });
  }, []);

  useQueue(state, engine, change);

  return {
    state,
    engine,
    change,
    openEntry,
    async forget(entry) {
      await forgetModel(entry);
      change({ kind: 'entries', entries: await withOwn() });
    },
    take(files) {
      const model = files.find(({ name }) => /\.onnx$/i.test(name));
      if (model !== undefined) void open(ownEntry(model.name), () => model.arrayBuffer());
      const images = files.filter(({ name }) => !/\.onnx$/i.test(name));
      const photos = images.map((file) => photoOf(file.name || 'pasted image', file));
      if (photos.length > 0) change({ kind: 'add', photos });
    },
    addPhoto: (name, file) => change({ kind: 'add', photos: [photoOf(name, file)] }),
    removePhoto({ id, address }) {
      change({ kind: 'remove', id });
      URL.revokeObjectURL(address);
    },
  };
}

/** Judges what waits, one by one, what is looked at first. */
function useQueue(state: PageState, engine: Engine, change: (change: Change) => void): void {
  const busy = useRef(false);
  const { model, photos, selected, camera } = state;
  useEffect(() => {
    if (model.kind !== 'open' || busy.current || camera) return;
    const waiting = photos.filter((photo) => photo.state.kind === 'waiting');
    const next = waiting.find(({ id }) => id === selected) ?? waiting[0];
    if (next === undefined) return;
    busy.current = true;
    const { id, name, file } = next;
    engine.inspect({ source: file, name, thumbnail: true }).then(
      (inspected) => {
        busy.current = false;
        change({ kind: 'judged', id, inspected, by: model.opened });
      },
      (error) => {
        busy.current = false;
        change({ kind: 'refused', id, error: detailsOf(error, name), by: model.opened });
      },
    );
  }, [model, photos, selected, camera, engine, change]);
}

export function detailsOf(error: unknown, name: string): ErrorDetails {
  if (error instanceof FlawmapError) return error.details;
  return { what: `${name} cannot be worked on`, found: messageOf(error) };
}

/** `?runtime=wasm`, `webgpu` or `auto`, which is also what there is without it. */
function wantedRuntime(): RuntimeWanted {
  const wanted = new URLSearchParams(location.search).get('runtime');
  return wanted === 'wasm' || wanted === 'webgpu' ? wanted : 'auto';
}
