import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256File } from '../../core/hash.ts';
import type { ProgressEvent } from '../../core/progress.ts';
import { decodeImage } from '../../image/decodeImage.ts';
import { decodeMask } from '../../image/decodeMask.ts';
import { openCategory } from '../openCategory.ts';
import { renderSample } from './renderSample.ts';
import { writeSyntheticDataset } from './writeSyntheticDataset.ts';

let folder: string;
let out: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flawmap-synthetic-'));
  out = join(folder, 'data');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const few = { size: 64, count: { train: 2, good: 1, anomalous: 5 }, categories: ['hazelnut'] };

describe('writeSyntheticDataset', () => {
  it('writes the layout of MVTec AD', async () => {
    const summary = await writeSyntheticDataset({ out, ...few });
    expect(summary).toEqual({
      out,
      seed: 42,
      size: 64,
      categories: ['hazelnut'],
      train: 2,
      good: 1,
      anomalous: 5,
    });
    const files = await readdir(out, { recursive: true, withFileTypes: true });
    const paths = files
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(out.length + 1))
      .sort();
    expect(paths).toEqual([
      'hazelnut/ground_truth/crack/000_mask.png',
      'hazelnut/ground_truth/crack/001_mask.png',
      'hazelnut/ground_truth/cut/000_mask.png',
      'hazelnut/ground_truth/hole/000_mask.png',
      'hazelnut/ground_truth/print/000_mask.png',
      'hazelnut/test/crack/000.png',
      'hazelnut/test/crack/001.png',
      'hazelnut/test/cut/000.png',
      'hazelnut/test/good/000.png',
      'hazelnut/test/hole/000.png',
      'hazelnut/test/print/000.png',
      'hazelnut/train/good/000.png',
      'hazelnut/train/good/001.png',
    ]);
  });

  it('is read back as it was rendered, each mask with its image', async () => {
    await writeSyntheticDataset({ out, ...few, seed: 7 });
    const { train, test } = await openCategory(out);
    expect(train).toHaveLength(2);
    expect(test).toHaveLength(6);
    const crack = test.find(({ id }) => id === 'test/crack/001.png')!;
    const rendered = renderSample({
      category: 'hazelnut',
      seed: 7,
      size: 64,
      phase: 'test',
      defectType: 'crack',
      index: 1,
    });
    expect(await decodeImage(crack.path)).toEqual(rendered.image);
    expect(await decodeMask(crack.maskPath!)).toEqual(rendered.mask);
  });

  it('gives image k the same pixels however many there are', async () => {
    const more = join(folder, 'more');
    await writeSyntheticDataset({ out, ...few });
    await writeSyntheticDataset({ out: more, ...few, count: { train: 4, good: 0, anomalous: 9 } });
    for (const path of ['train/good/001.png', 'test/crack/001.png', 'test/print/000.png']) {
      const [here, there] = [out, more].map((root) => sha256File(join(root, 'hazelnut', path)));
      expect(await here).toBe(await there);
    }
  });

  it('takes a count of training images alone', async () => {
    const options = { ...few, categories: ['carpet'], count: 3 };
    const totals: number[] = [];
    await writeSyntheticDataset({ out, ...options, onProgress: ({ total }) => totals.push(total) });
    expect(totals[0]).toBe(3 + 20 + 30);
    expect(await readdir(join(out, 'carpet', 'train', 'good'))).toHaveLength(3);
    expect(await readdir(join(out, 'carpet', 'test', 'thread'))).toHaveLength(6);
  });

  it('reports progress from nothing to all', async () => {
    const events: ProgressEvent[] = [];
    await writeSyntheticDataset({ out, ...few, onProgress: (event) => events.push(event) });
    expect(events.map(({ done }) => done)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(new Set(events.map(({ step, total }) => `${step} ${total}`))).toEqual(
      new Set(['painting images 8']),
    );
  });

  it('leaves nothing behind when interrupted', async () => {
    const controller = new AbortController();
    const interrupted = writeSyntheticDataset({
      out,
      ...few,
      signal: controller.signal,
      onProgress: ({ done }) => {
        if (done === 4) controller.abort(new Error('enough'));
      },
    });
    await expect(interrupted).rejects.toThrow('enough');
    expect(await readdir(folder)).toEqual([]);
  });

  it('fills an empty folder, and refuses one with content or a file', async () => {
    await mkdir(out);
    await writeSyntheticDataset({ out, ...few });
    expect(await readdir(out)).toEqual(['hazelnut']);
    const again = writeSyntheticDataset({ out, ...few });
    await expect(again).rejects.toThrow(/new or empty folder[\s\S]*1 entry in it/);
    const file = join(folder, 'file');
    await writeFile(file, '');
    await expect(writeSyntheticDataset({ out: file, ...few })).rejects.toThrow(/a file/);
    expect((await readdir(folder)).sort()).toEqual(['data', 'file']);
  });

  it.each([
    [{ size: 32 }, /size 32[\s\S]*from 64 to 4096/],
    [{ size: 100.5 }, /size 100.5/],
    [{ count: -1 }, /train -1/],
    [{ count: { anomalous: 1.5 } }, /anomalous 1.5/],
    [{ categories: ['hazelnuts'] }, /did you mean "hazelnut"\?/],
  ])('refuses %j before writing anything', async (wrong, message) => {
    await expect(writeSyntheticDataset({ out, ...few, ...wrong })).rejects.toThrow(message);
    expect(await readdir(folder)).toEqual([]);
  });
});
