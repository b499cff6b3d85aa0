import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { categoryFiles } from '../../../test/support/photographs.ts';
import { runCommand } from '../../../test/support/runCommand.ts';
import { makeTree } from '../../../test/support/tree.ts';
import type { CategoryExploration } from '../../data/explore/exploration.ts';
import { summary } from '../../data/explore/summary.ts';
import { describeExploration } from './describeExploration.ts';

const plain = (_style: string, text: string) => text;

const bottle: CategoryExploration = {
  name: 'bottle',
  layout: 'mvtec',
  images: 29,
  classes: [
    {
      phase: 'train',
      label: 'normal',
      defectType: 'good',
      images: 20,
      brightness: summary([100, 101.5]),
      contrast: summary([40, 50]),
      masks: null,
    },
    {
      phase: 'test',
      label: 'anomalous',
      defectType: 'crack',
      images: 9,
      brightness: null,
      contrast: null,
      masks: { present: 7, missing: ['test/crack/1.png', 'b'], areaShare: summary([0.0051, 0.21]) },
    },
  ],
  sizes: [{ width: 300, height: 200, images: 29 }],
  mixedSizes: false,
  formats: [{ format: 'png', channels: 3, bits: 8, images: 29 }],
  mixedFormats: false,
  unreadable: [],
  skipped: [],
  layoutProblems: 0,
};

const described = (changed: Partial<CategoryExploration> = {}) =>
  describeExploration({ categories: [{ ...bottle, ...changed }] }, plain).split('\n');

describe('describeExploration', () => {
  it('has a row for each class', () => {
    const lines = described();
    expect(lines[0]).toBe('bottle: 29 images');
    expect(lines[2]).toMatch(
      /^train +good +20 +100.8 \(100 to 102\) +45.0 \(40 to 50\) +- +- +- +-$/,
    );
    expect(lines[3]).toMatch(/^test +crack +9 +- +- +7 +11% +0.51% +21%$/);
    expect(lines.slice(4, 7)).toEqual([
      'size: 300 x 200 pixels',
      'format: PNG, RGB, 8 bits',
      'no mask: 2 of 9 defective images',
    ]);
    expect(lines).toHaveLength(9);
  });

  it('says what is mixed, unreadable, left alone and wrong, at most five of a kind', () => {
    const text = described({
      sizes: [1, 2, 3, 4, 5, 6, 7].map((width) => ({ width, height: 1, images: 9 - width })),
      mixedSizes: true,
      formats: [
        { format: 'png', channels: 1, bits: 16, images: 2 },
        { format: 'jpeg', channels: 3, bits: 8, images: 1 },
      ],
      mixedFormats: true,
      unreadable: [{ path: 'test/crack/1.png', reason: 'an empty file' }],
      skipped: [
        { path: '.DS_Store', reason: 'hidden' },
        { path: 'notes.txt', reason: 'not an image' },
      ],
      layoutProblems: 3,
    }).join('\n');
    expect(text).toContain('mixed sizes: 1 x 1 (8 images), 2 x 1 (7 images), 3 x 1 (6 images)');
    expect(text).toMatch(/5 x 1 \(4\s+images\) and 2\s+more/);
    expect(text).toContain(
      'mixed formats: PNG, grey, 16 bits (2 images), JPEG, RGB, 8 bits (1 image)',
    );
    expect(text).toContain('unreadable: test/crack/1.png (an empty file)');
    expect(text).toContain('left alone: notes.txt (not an image)');
    expect(text).toContain('problems in the folders: 3; see flawmap dataset verify');
  });
});

describe('flawmap explore', () => {
  it('prints a table, or one document', async () => {
    const root = makeTree(await categoryFiles({ train: 3, good: 1, flawed: 2, masks: 1 }));
    const said = await runCommand(['explore', root, '--category', 'stripes', '--quiet']);
    expect(said).toMatchObject({ exitCode: 0, stderr: '' });
    expect(said.stdout).toMatch(/^stripes: 6 images\n/);
    expect(said.stdout).toContain('no mask: 1 of 2 defective images');

    const out = join(makeTree({}), 'look');
    const json = await runCommand(['explore', root, '--json', '--quiet', '--out', out]);
    expect(json).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(json.stdout).categories).toHaveLength(1);
    expect(existsSync(join(out, 'exploration.json'))).toBe(true);
  });

  it('names the files it has written', async () => {
    const root = makeTree(await categoryFiles({ train: 1, good: 0, flawed: 0 }));
    const out = makeTree({});
    const args = ['explore', root, '--category', 'stripes', '--out', out, '--quiet'];
    const { stdout } = await runCommand(args);
    expect(stdout).toContain(`report: ${join(out, 'exploration.json')}`);
    expect(stdout).toContain(`look at: ${join(out, 'stripes.png')}`);
  });

  it('ends with exit code 3 where there are no images', async () => {
    const root = makeTree({});
    writeFileSync(join(root, 'notes.txt'), '');
    const { exitCode, stderr } = await runCommand(['explore', root]);
    expect(stderr).toMatch(/there are no images in/);
    expect(exitCode).toBe(3);
  });
});
