/** What every store keeps, whatever it lies in. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { makeTree } from './tree.ts';

/** @param open an empty store, until the test ends */
export function describeStore(kind: string, open: () => Promise<Store>): void {
  describe(`a store in ${kind}`, () => {
    it('gives back what was written, from memory and from files', async () => {
      const store = await open();
      // Longer than a piece of a folder's store and than a part of S3's.
      const long = patterned(9_000_001);
      const file = join(makeTree({ long }), 'long');
      expect(await store.write('blobs/aa/short', bytesOf('one'))).toBe(true);
      expect(await store.write('blobs/aa/long', { file })).toBe(true);
      expect(await store.write('empty', new Uint8Array())).toBe(true);
      expect(await readAll(store, 'blobs/aa/short')).toEqual(Buffer.from('one'));
      expect(long.equals((await readAll(store, 'blobs/aa/long'))!)).toBe(true);
      expect(await readAll(store, 'empty')).toEqual(Buffer.alloc(0));
    });

    it('knows what it does not have', async () => {
      const store = await open();
      await store.write('a/b', bytesOf('one'));
      for (const name of ['a', 'a/c', 'a/b/c', 'b']) {
        expect(await store.read(name), name).toBeUndefined();
        expect(await store.has(name), name).toBe(false);
      }
      expect(await store.has('a/b')).toBe(true);
    });

    it('keeps what was first', async () => {
      const store = await open();
      const file = join(makeTree({ large: patterned(9_000_000) }), 'large');
      await store.write('name', bytesOf('one'));
      expect(await store.write('name', bytesOf('one'))).toBe(false);
      expect(await store.write('name', bytesOf('two'))).toBe(false);
      expect(await store.write('name', { file })).toBe(false);
      expect(await readAll(store, 'name')).toEqual(Buffer.from('one'));
    });

    it('gives a name once where several want it at the same time', async () => {
      const store = await open();
      const texts = ['0', '1', '2', '3', '4', '5', '6', '7'];
      const first = await Promise.all(texts.map((text) => store.write('name', bytesOf(text))));
      const text = (await readAll(store, 'name'))!.toString();
      expect(texts).toContain(text);
      expect(first[Number(text)]).toBe(true);
    });

    it('forgets, and takes the name again', async () => {
      const store = await open();
      await store.write('a/b', bytesOf('one'));
      await store.remove('a/b');
      await store.remove('a/b');
      expect(await store.read('a/b')).toBeUndefined();
      expect(await store.write('a/b', bytesOf('two'))).toBe(true);
      expect(await readAll(store, 'a/b')).toEqual(Buffer.from('two'));
    });

    it('lists names that begin so', async () => {
      const store = await open();
      const names = ['artifacts/aa/1.json', 'artifacts/ab/2.json', 'blobs/aa/1'];
      for (const name of names) await store.write(name, bytesOf(name));
      const list = async (prefix: string) => {
        const found: string[] = [];
        for await (const name of store.list(prefix)) found.push(name);
        return found.sort();
      };
      expect(await list('artifacts/')).toEqual(names.slice(0, 2));
      expect(await list('artifacts/a')).toEqual(names.slice(0, 2));
      expect(await list('artifacts/ab/2')).toEqual(names.slice(1, 2));
      expect(await list('')).toEqual(names);
      expect(await list('nothing/')).toEqual([]);
    });

    it('leaves nothing of a source that cannot be read, nor of an abort', async () => {
      const store = await open();
      const gone = store.write('name', { file: join(makeTree({}), 'gone') });
      await expect(gone).rejects.toMatchObject({ code: 'ENOENT' });
      const controller = new AbortController();
      const reason = new RangeError('enough');
      controller.abort(reason);
      const stopped = store.write('name', bytesOf('one'), { signal: controller.signal });
      await expect(stopped).rejects.toBe(reason);
      expect(await store.has('name')).toBe(false);
    });

    it('stops reading when told to', async () => {
      const store = await open();
      await store.write('long', patterned(5_000_000));
      const controller = new AbortController();
      const reason = new RangeError('enough');
      const reading = async () => {
        const pieces = await store.read('long', { signal: controller.signal });
        for await (const _ of pieces!) controller.abort(reason);
      };
      await expect(reading()).rejects.toBe(reason);
    });

    it('refuses names that could lead elsewhere', async () => {
      const store = await open();
      for (const name of ['../a', 'a/../b', '/a', 'a//b', '', '.a', 'a/.', 'a b']) {
        await expect(store.write(name, bytesOf('one'))).rejects.toThrow('nothing in a store is');
      }
    });
  });
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export async function readAll(store: Store, name: string): Promise<Buffer | undefined> {
  const pieces = await store.read(name);
  if (pieces === undefined) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const piece of pieces) chunks.push(piece);
  return Buffer.concat(chunks);
}

/** Bytes that differ wherever pieces could be mixed up: a multiplicative sequence modulo 2^32. */
export function patterned(length: number): Buffer {
  const words = new Uint32Array(Math.ceil(length / 4));
  for (let at = 0; at < words.length; at++) words[at] = Math.imul(at + 1, 2654435761);
  return Buffer.from(words.buffer, 0, length);
}
