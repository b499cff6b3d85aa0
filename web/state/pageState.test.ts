import { describe, expect, it } from 'vitest';
import type { InspectedPhoto, OpenedModel } from '../worker/protocol.ts';
import { type Change, changePage, EMPTY, type PageState } from './pageState.ts';
import type { Photo } from './photo.ts';

const photo = (id: number): Photo => ({
  ...{ id, name: `${id}.png`, file: new Blob(), address: '', label: undefined },
  state: { kind: 'waiting' },
});
const entry = { name: 'bottle', address: 'bottle.onnx', own: false };
const opened = { runtime: { kind: 'wasm', threads: 1 } } as OpenedModel;
const inspected = { score: 3, verdict: 'anomalous' } as InspectedPhoto;
const stateAfter = (...changes: readonly Change[]): PageState => changes.reduce(changePage, EMPTY);
const OPEN: Change = { kind: 'model', model: { kind: 'open', entry, opened } };
const ADD: Change = { kind: 'add', photos: [photo(1), photo(2), photo(3)] };

describe('photographs', () => {
  it('are shown when they are added, the first of them', () => {
    expect(stateAfter(ADD)).toMatchObject({ selected: 1, camera: false });
  });

  it('follow each other, and the first and the last have no others', () => {
    const step = (by: number): Change => ({ kind: 'step', by });
    expect(stateAfter(ADD, step(1)).selected).toBe(2);
    expect(stateAfter(ADD, step(-1)).selected).toBe(1);
    expect(stateAfter(ADD, step(9)).selected).toBe(3);
  });

  it('leave their place to the neighbour when they are removed', () => {
    const remove = (id: number): Change => ({ kind: 'remove', id });
    expect(stateAfter(ADD, remove(1)).selected).toBe(2);
    expect(stateAfter(ADD, { kind: 'select', id: 3 }, remove(3)).selected).toBe(2);
    expect(stateAfter(ADD, remove(2)).selected).toBe(1);
    expect(stateAfter(ADD, remove(1), remove(2), remove(3)).selected).toBeUndefined();
  });
});

describe('another model', () => {
  const judged: Change = { kind: 'judged', id: 1, inspected, by: opened };

  it('judges everything anew, at its own threshold; labels stay', () => {
    const other = { ...OPEN, model: { ...OPEN.model, opened: { ...opened } } } as Change;
    const label: Change = { kind: 'label', id: 1, label: 'anomalous' };
    const threshold: Change = { kind: 'threshold', threshold: 2 };
    const before = stateAfter(OPEN, ADD, judged, label, threshold);
    expect(before.photos[0]).toMatchObject({ state: { kind: 'judged' }, label: 'anomalous' });
    const then = changePage(before, other);
    expect(then.threshold).toBeUndefined();
    expect(then.photos[0]).toMatchObject({ state: { kind: 'waiting' }, label: 'anomalous' });
  });

  it('does not take what the one before has said', () => {
    const late: Change = { ...judged, by: { ...opened } };
    expect(stateAfter(OPEN, ADD, late).photos[0]!.state).toEqual({ kind: 'waiting' });
  });
});
