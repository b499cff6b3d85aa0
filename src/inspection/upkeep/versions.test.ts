import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from '../../../test/support/photographs.ts';
import { sha256 } from '../../core/hash.ts';
import { addVersion, listVersions, readVersion, versionFile, versionsFolder } from './versions.ts';

const NOW = new Date('2026-01-02T03:04:05Z');
const numbers = (threshold: number) => ({
  threshold,
  pixelThreshold: 1,
  promisedFpr: 0.05,
  trainingImages: 10,
  rows: null,
});

let model: string;
let remove: () => void;
beforeEach(() => {
  const folder = makeFolder({ 'm.onnx': 'first' });
  model = join(folder.root, 'm.onnx');
  remove = folder.remove;
});
afterEach(() => remove());

const writing = (text: string) => async (path: string) => {
  writeFileSync(path, text);
  return { action: 'update', before: numbers(1), after: numbers(2) } as const;
};
const list = () => listVersions(model, async () => numbers(1), NOW);
const add = async (text: string) => addVersion(model, await list(), writing(text), () => NOW);

describe('versions of a model', () => {
  it('are files by number and hash beside their list', async () => {
    const second = await add('second');
    expect(readFileSync(model, 'utf8')).toBe('second');
    expect(second).toMatchObject({
      number: 2,
      sha256: sha256('second'),
      parent: sha256('first'),
      when: '2026-01-02T03:04:05.000Z',
    });
    const kept = `0001-${sha256('first').slice(0, 8)}.onnx`;
    expect(readdirSync(versionsFolder(model)).sort()).toEqual([kept, 'versions.json']);
    expect(readFileSync(join(versionsFolder(model), kept), 'utf8')).toBe('first');
    expect((await list()).map(({ number }) => number)).toEqual([1, 2]);
  });

  it('keep the file itself where the model is a link to it', async () => {
    renameSync(model, `${model}.real`);
    symlinkSync('m.onnx.real', model);
    await add('second');
    writeFileSync(`${model}.real`, 'written over');
    const { bytes } = await readVersion(model, await list(), 1);
    expect(new TextDecoder().decode(bytes)).toBe('first');
  });

  it('leave nothing else behind after a program that was killed once the present one was kept', async () => {
    const [present] = await list();
    mkdirSync(versionsFolder(model));
    linkSync(model, versionFile(model, present!));
    await add('second');
    expect(readdirSync(versionsFolder(model)).sort()).toEqual([
      `0001-${sha256('first').slice(0, 8)}.onnx`,
      'versions.json',
    ]);
  });

  it('do not count one that was listed but never took its place', async () => {
    await add('second');
    writeFileSync(model, 'first');
    expect((await list()).map(({ number }) => number)).toEqual([1]);
    await add('third');
    expect((await list()).map((version) => version.sha256)).toEqual([
      sha256('first'),
      sha256('third'),
    ]);
  });

  it('notice a file put there by other means', async () => {
    await add('second');
    writeFileSync(model, 'fitted anew');
    expect((await list()).at(-1)).toMatchObject({ number: 3, action: 'found', parent: null });
  });

  it('are not added to a file that has changed since they were listed', async () => {
    const versions = await list();
    writeFileSync(model, 'other');
    await expect(addVersion(model, versions, writing('x'))).rejects.toThrow(
      /replaced in the meantime/,
    );
    expect(readFileSync(model, 'utf8')).toBe('other');
  });

  it('are given back as they were, or not at all', async () => {
    await add('second');
    const versions = await list();
    const found = await readVersion(model, versions, 1);
    expect(new TextDecoder().decode(found.bytes)).toBe('first');
    await expect(readVersion(model, versions, 2)).rejects.toThrow(/the present one/);
    await expect(readVersion(model, versions, 9)).rejects.toThrow(/an earlier version: 1/);
    writeFileSync(versionFile(model, versions[0]!), 'spoilt');
    await expect(readVersion(model, versions, 1)).rejects.toThrow(/another content/);
  });

  it('have a list that is refused where it cannot be read', async () => {
    await add('second');
    writeFileSync(join(versionsFolder(model), 'versions.json'), '{');
    await expect(list()).rejects.toThrow(/cannot read .*versions\.json/);
  });
});
