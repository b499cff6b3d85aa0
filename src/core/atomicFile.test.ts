import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { copyFile, readFile, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTree } from '../../test/support/tree.ts';
import {
  forgetPartial,
  registerPartial,
  removePartials,
  writeAtomic,
  writeFailure,
  writeFileAtomic,
} from './atomicFile.ts';
import { FlawmapError, inputError } from './error.ts';

describe('writeFileAtomic', () => {
  it('writes text, bytes and chunks, making folders on the way', async () => {
    const root = makeTree({});
    const chunks = [Uint8Array.of(1, 2), new Uint8Array(0), Uint8Array.of(3)];
    async function* later() {
      yield* chunks;
    }
    await writeFileAtomic(join(root, 'a/b/text'), 'grün');
    await writeFileAtomic(join(root, 'bytes'), Uint8Array.of(9));
    await writeFileAtomic(join(root, 'chunks'), chunks);
    await writeFileAtomic(join(root, 'stream'), later());
    expect(readFileSync(join(root, 'a/b/text'), 'utf8')).toBe('grün');
    expect([...readFileSync(join(root, 'bytes'))]).toEqual([9]);
    expect([...readFileSync(join(root, 'chunks'))]).toEqual([1, 2, 3]);
    expect([...readFileSync(join(root, 'stream'))]).toEqual([1, 2, 3]);
  });

  it('replaces a file, and nothing is seen of it before it is whole', async () => {
    const root = makeTree({ out: 'old' });
    const seen: string[] = [];
    async function* content() {
      seen.push(readFileSync(join(root, 'out'), 'utf8'));
      yield Uint8Array.of(110);
      seen.push(readFileSync(join(root, 'out'), 'utf8'));
    }
    await writeFileAtomic(join(root, 'out'), content());
    expect(seen).toEqual(['old', 'old']);
    expect(readFileSync(join(root, 'out'), 'utf8')).toBe('n');
    expect(readdirSync(root)).toEqual(['out']);
  });

  it('leaves the old file and no partial one when the content fails', async () => {
    const root = makeTree({ out: 'old' });
    async function* content() {
      yield Uint8Array.of(1);
      throw inputError({ what: 'the source broke off' });
    }
    await expect(writeFileAtomic(join(root, 'out'), content())).rejects.toThrow('broke off');
    expect(readdirSync(root)).toEqual(['out']);
    expect(readFileSync(join(root, 'out'), 'utf8')).toBe('old');
  });

  it('writes several files of one folder at once', async () => {
    const root = makeTree({});
    const names = Array.from({ length: 20 }, (_, i) => `file${i}`);
    await Promise.all(names.map((name) => writeFileAtomic(join(root, name), name)));
    expect(readdirSync(root).sort()).toEqual([...names].sort());
    for (const name of names) expect(readFileSync(join(root, name), 'utf8')).toBe(name);
  });

  it.each([
    ['file/below/out', 'ENOTDIR', 'a part of this path is a file'],
    ['folder', 'EISDIR', 'this is a folder'],
  ])('refuses %s, naming it and saying what to do', async (path, found, remedy) => {
    const root = makeTree({ file: 'x', 'folder/inside': 'y' });
    const error = await writeFileAtomic(join(root, path), 'z').catch((thrown) => thrown);
    expect(error).toBeInstanceOf(FlawmapError);
    expect(error.kind).toBe('environment');
    expect(error.details).toMatchObject({ what: `cannot write ${join(root, path)}`, found });
    expect(error.details.remedy).toContain(remedy);
    expect(readdirSync(root).sort()).toEqual(['file', 'folder']);
  });
});

describe('writeAtomic', () => {
  it('makes a folder whole, also over an empty one', async () => {
    const root = makeTree({ 'out/': '' });
    await writeAtomic(join(root, 'out'), async (partial) => {
      mkdirSync(partial);
      await writeFile(join(partial, 'a'), '1');
    });
    expect(readFileSync(join(root, 'out/a'), 'utf8')).toBe('1');
    expect(readdirSync(root)).toEqual(['out']);
  });

  it('does not replace a folder that has something in it', async () => {
    const root = makeTree({ 'out/precious': 'x' });
    const made = writeAtomic(join(root, 'out'), async (partial) => {
      mkdirSync(partial);
    });
    await expect(made).rejects.toThrow('the folder exists and is not empty');
    expect(readdirSync(join(root, 'out'))).toEqual(['precious']);
    expect(readdirSync(root)).toEqual(['out']);
  });

  it('removes a half-made folder, and passes on what is no system error', async () => {
    const root = makeTree({});
    const failure = new RangeError('ours');
    const made = writeAtomic(join(root, 'out'), async (partial) => {
      mkdirSync(partial);
      writeFileSync(join(partial, 'a'), '1');
      throw failure;
    });
    await expect(made).rejects.toBe(failure);
    expect(readdirSync(root)).toEqual([]);
  });

  it('names what it is made from where that cannot be read', async () => {
    const root = makeTree({ 'source/a': 'x' });
    const missing = join(root, 'source/b');
    const takes = [
      () => readFile(missing),
      () => copyFile(missing, join(root, 'c')),
      () => realpath(missing),
    ];
    for (const take of takes) {
      const made = writeAtomic(join(root, 'out'), async () => {
        await take();
      });
      await expect(made).rejects.toMatchObject({
        kind: 'input',
        details: { what: `cannot read ${missing}`, found: 'ENOENT' },
      });
    }
    expect(readdirSync(root)).toEqual(['source']);
  });

  it.each(['file/out', 'file/out/below', 'out'])(
    'names %s where that cannot be made',
    async (name) => {
      const path = join(makeTree({ file: 'x' }), name);
      const made = writeAtomic(path, (partial) => writeFile(join(partial, 'a'), 'x'));
      await expect(made).rejects.toMatchObject({
        kind: 'environment',
        details: { what: `cannot write ${path}` },
      });
    },
  );
});

describe('removePartials', () => {
  it('removes what is being written, and what was registered but not what was forgotten', async () => {
    const root = makeTree({ kept: 'x', scratch: 'y' });
    registerPartial(join(root, 'kept'));
    registerPartial(join(root, 'scratch'));
    forgetPartial(join(root, 'kept'));
    let partial = '';
    let finish = () => {};
    const writing = writeAtomic(join(root, 'out'), async (path) => {
      partial = path;
      writeFileSync(path, 'half');
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
    });
    while (partial === '') await new Promise((resolve) => setTimeout(resolve, 1));
    removePartials();
    expect(existsSync(partial)).toBe(false);
    expect(readdirSync(root)).toEqual(['kept']);
    finish();
    await expect(writing).rejects.toThrow();
  });

  it('is not stopped by a path that cannot be', () => {
    const root = makeTree({ file: 'x', scratch: 'y' });
    registerPartial(join(root, 'file/below'));
    registerPartial(join(root, 'scratch'));
    removePartials();
    expect(readdirSync(root)).toEqual(['file']);
  });
});

describe('writeFailure', () => {
  it.each(['EACCES', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOENT'])('has advice for %s', (code) => {
    const cause = Object.assign(new Error('x'), { code });
    expect(writeFailure('/out/x', cause)).toMatchObject({
      kind: 'environment',
      details: { what: 'cannot write /out/x', found: code, remedy: expect.any(String), cause },
    });
  });

  it('leaves other errors as they are', () => {
    const odd = Object.assign(new Error('x'), { code: 'EWHAT' });
    expect(writeFailure('/out/x', odd)).toBe(odd);
    expect(writeFailure('/out/x', 'text')).toBe('text');
  });
});
