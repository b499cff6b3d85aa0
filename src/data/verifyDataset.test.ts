import { symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeWithShared, sharedPath } from '../../test/support/shared.ts';
import { filled, makeTree } from '../../test/support/tree.ts';
import { MVTEC_AD_COUNTS } from './publishedCounts.ts';
import { verifyDataset } from './verifyDataset.ts';

/** A 24-bit bitmap of one grey value (size: a multiple of 4); the dots per metre change bytes but no pixel. */
function bitmap(grey: number, size = 4, dotsPerMetre = 0): Buffer {
  const file = Buffer.alloc(54 + size * size * 3, grey);
  file.fill(0, 0, 54);
  file.write('BM');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(size, 18);
  file.writeInt32LE(size, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  file.writeInt32LE(dotsPerMetre, 38);
  return file;
}

const CLEAN = {
  'nut/train/good/0.bmp': bitmap(1),
  'nut/train/good/1.bmp': bitmap(2),
  'nut/test/good/0.bmp': bitmap(3),
  'nut/test/cut/0.bmp': bitmap(4),
  'nut/test/cut/1.bmp': bitmap(5),
  'nut/ground_truth/cut/0_mask.bmp': bitmap(255),
  'nut/ground_truth/cut/1_mask.bmp': bitmap(255),
};

async function problemsOf(files: Record<string, string | Uint8Array>) {
  const root = makeTree({ ...CLEAN, ...files });
  const { problems, ok } = await verifyDataset(root);
  expect(ok).toBe(!problems.some(({ severity }) => severity === 'error'));
  return problems.map(({ kind, severity, path }) => [severity, kind, relative(root, path)]);
}

describe('verifyDataset', () => {
  it('finds nothing wrong with a clean data set of an unpublished name', async () => {
    const root = makeTree({ ...CLEAN, 'nut/readme.txt': 'x' });
    const report = await verifyDataset(root);
    expect(report).toEqual({
      root,
      ok: true,
      problems: [],
      categories: [
        {
          name: 'nut',
          root: join(root, 'nut'),
          layout: 'mvtec',
          counts: { train: 2, test: { cut: 2, good: 1 }, masks: 2 },
          published: 'unknown',
          skipped: 1,
        },
      ],
    });
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  const TRAIN = 'nut/train/good/1.bmp';
  const MASK = 'nut/ground_truth/cut/1_mask.bmp';
  it.each<[string, Record<string, string | Uint8Array>, string[]]>([
    ['an empty file', { [TRAIN]: '' }, ['error', 'unreadable-image', TRAIN]],
    ['text called an image', { [TRAIN]: 'hello' }, ['error', 'unreadable-image', TRAIN]],
    [
      'a file cut short',
      { [TRAIN]: bitmap(2).subarray(0, 70) },
      ['error', 'unreadable-image', TRAIN],
    ],
    ['an unreadable mask', { [MASK]: 'hello' }, ['error', 'unreadable-mask', MASK]],
    ['an empty mask', { [MASK]: bitmap(0) }, ['error', 'empty-mask', MASK]],
    ['a mask of another size', { [MASK]: bitmap(255, 8) }, ['error', 'mask-size', MASK]],
    [
      'a mask for a good image',
      { 'nut/ground_truth/good/0_mask.bmp': bitmap(255) },
      ['error', 'mask-for-good-image', 'nut/ground_truth/good/0_mask.bmp'],
    ],
    [
      'a mask without an image',
      { 'nut/ground_truth/dent/7_mask.bmp': bitmap(255) },
      ['warning', 'mask-without-image', 'nut/ground_truth/dent/7_mask.bmp'],
    ],
    [
      'two masks for an image',
      { 'nut/ground_truth/cut/1.bmp': bitmap(255) },
      ['error', 'ambiguous-mask', 'nut/test/cut/1.bmp'],
    ],
    [
      'a missing mask',
      { 'nut/test/cut/2.bmp': bitmap(6) },
      ['warning', 'missing-mask', 'nut/ground_truth/cut'],
    ],
    [
      'the same stem twice',
      { 'nut/train/good/1.png': bitmap(7) },
      ['error', 'duplicate-stem', 'nut/train/good/1.png'],
    ],
    [
      'a file both trained and tested on',
      { 'nut/test/good/1.bmp': bitmap(2) },
      ['error', 'duplicate-content', TRAIN],
    ],
    [
      'a picture trained and tested on, saved differently',
      { 'nut/test/good/1.bmp': bitmap(2, 4, 2835) },
      ['error', 'duplicate-content', TRAIN],
    ],
    [
      'a picture that is good and defective',
      { 'nut/test/good/1.bmp': bitmap(4) },
      ['error', 'duplicate-content', 'nut/test/cut/0.bmp'],
    ],
    [
      'a training image twice',
      { 'nut/train/good/2.bmp': bitmap(2) },
      ['warning', 'duplicate-content', TRAIN],
    ],
    [
      'a folder outside of the layout',
      { 'nut/train/bad/0.bmp': bitmap(9) },
      ['warning', 'unexpected-folder', 'nut/train/bad'],
    ],
  ])('finds %s, and nothing else', async (_, files, problem) => {
    expect(await problemsOf(files)).toEqual([problem]);
  });

  it('finds missing parts', async () => {
    const root = makeTree({
      'a/test/cut/0.bmp': bitmap(1),
      'b/train/good/0.bmp': bitmap(1),
    });
    const { problems } = await verifyDataset(root);
    expect(problems.map(({ kind, path }) => [kind, relative(root, path)])).toEqual([
      ['no-training-images', 'a/train/good'],
      ['no-good-test-images', 'a/test/good'],
      ['no-masks', 'a/ground_truth'],
      ['no-test-images', 'b/test'],
    ]);
  });

  it('does not call the same picture in two categories a duplicate', async () => {
    expect(await problemsOf({ 'zip/train/good/0.bmp': bitmap(4) })).toEqual([
      ['warning', 'no-test-images', 'zip/test'],
    ]);
  });

  it('finds broken links and goes on', async () => {
    const root = makeTree(CLEAN);
    symlinkSync(join(root, 'gone'), join(root, 'nut/train/good/9.bmp'));
    const { problems, categories } = await verifyDataset(root);
    expect(problems.map(({ kind }) => kind)).toEqual(['broken-link']);
    expect(categories[0]!.counts.train).toBe(2);
  });

  it('checks a plain folder, which need not have tests', async () => {
    const root = makeTree({ '0.bmp': bitmap(1), '1.bmp': bitmap(1) });
    const { problems, categories } = await verifyDataset(root);
    expect(categories[0]!.layout).toBe('plain');
    expect(problems.map(({ kind, severity }) => [severity, kind])).toEqual([
      ['warning', 'duplicate-content'],
    ]);
  });

  it('names every difference from the published counts', async () => {
    const root = makeTree(
      filled([
        'toothbrush/train/good/0.png',
        'toothbrush/test/bent/0.png',
        'toothbrush/test/good/0.png',
      ]),
    );
    const { categories, problems } = await verifyDataset(root);
    expect(categories[0]!.published).toBe('different');
    expect(problems[0]!.message).toBe(
      'toothbrush is not as published in MVTec AD: train good 1 instead of 60, ' +
        'test good 1 instead of 12, test defective 0 instead of 30, test bent 1 instead of 0, ' +
        'masks 0 instead of 30',
    );
  });

  it('reports progress and stops when told to', async () => {
    const root = makeTree(CLEAN);
    const done: number[] = [];
    await verifyDataset(root, { onProgress: (event) => done.push(event.done / event.total) });
    expect(done.at(-1)).toBe(1);
    await expect(verifyDataset(root, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });

  it('refuses a folder without images', async () => {
    await expect(verifyDataset(makeTree({ 'a.txt': 'x' }))).rejects.toThrow(/no images/);
  });
});

describe('MVTEC_AD_COUNTS', () => {
  it('adds up to the totals of the paper', () => {
    const all = [...MVTEC_AD_COUNTS.values()];
    const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);
    const defects = all.map((counts) => Object.values(counts.defects));
    expect(MVTEC_AD_COUNTS.size).toBe(15);
    expect(sum(all.map(({ trainGood }) => trainGood))).toBe(3629);
    expect(sum(all.map(({ testGood }) => testGood))).toBe(467);
    expect(sum(defects.flat())).toBe(1258);
    expect(defects.flat()).toHaveLength(73);
  });
});

describeWithShared('verifyDataset on real photographs', () => {
  it('finds bottle complete', async () => {
    const bottle = await verifyDataset(sharedPath('data', 'mvtec', 'bottle'));
    expect(bottle.categories[0]!.published).toBe('same');
    expect(bottle.problems).toEqual([]);
  });

  it('finds zipper a subset without masks', async () => {
    const { ok, categories, problems } = await verifyDataset(sharedPath('data', 'mvtec', 'zipper'));
    expect(ok).toBe(true);
    expect(categories[0]!.published).toBe('different');
    expect(problems.map(({ kind }) => kind)).toEqual(['published-counts', 'no-masks']);
    expect(problems[0]!.message).toContain('train good 200 instead of 240');
  });
});
