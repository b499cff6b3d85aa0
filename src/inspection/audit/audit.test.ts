import { readFileSync } from 'node:fs';
import { readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeWithShared, sharedPath } from '../../../test/support/shared.ts';
import { makeTree } from '../../../test/support/tree.ts';
import { createRandom } from '../../core/random.ts';
import { excludeSamples, readExcludeList } from '../../data/excludeList.ts';
import { openCategory } from '../../data/openCategory.ts';
import { encodePng } from '../../image/encodeImage.ts';
import { audit } from './audit.ts';

const SIZE = 96;

/** Woven stripes with a phase and noise of their own. */
function texture(seed: string, change: (level: number, x: number, y: number) => number) {
  const random = createRandom(seed);
  const phase = random.uniform(0, 6);
  const data = new Uint8Array(SIZE * SIZE * 3);
  for (let i = 0; i < SIZE * SIZE; i++) {
    const [x, y] = [i % SIZE, Math.floor(i / SIZE)];
    const level = 120 + 40 * Math.sin(x / 3 + phase) * Math.cos(y / 4) + 6 * random.normal();
    data.fill(Math.max(0, Math.min(255, change(level, x, y))), i * 3, i * 3 + 3);
  }
  return encodePng({ width: SIZE, height: SIZE, data });
}

const plain = (level: number) => level;

async function folder(extra: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const files: Record<string, Uint8Array> = { ...extra };
  for (let i = 0; i < 16; i++) {
    files[`train/good/${String(i).padStart(3, '0')}.png`] = await texture(`image ${i}`, plain);
  }
  return makeTree(files);
}

describe('audit', () => {
  it('finds a planted flaw, a burnt-out image and doubles, and writes what fit reads', async () => {
    const square = (level: number, x: number, y: number) =>
      x > 40 && x < 56 && y > 30 && y < 46 ? 245 : level;
    const root = await folder({
      'train/good/flaw.png': await texture('flaw', square),
      'train/good/burnt.png': await texture('burnt', (level) => level + 110),
      'train/good/copy.png': await texture('image 3', plain),
    });
    const out = join(root, 'audit');
    const report = await audit({
      data: root,
      category: undefined,
      backbone: 'filterbank',
      seed: 1,
      out,
    });
    const find = (name: string) => report.images.find(({ id }) => id.endsWith(name))!;
    expect(
      report.images
        .slice(0, 2)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['train/good/burnt.png', 'train/good/flaw.png']);
    expect(find('flaw.png').reasons).toContain('suspicious');
    expect(find('burnt.png').reasons).toContain('over-exposed');
    expect(find('005.png').reasons).toEqual([]);
    expect(report.duplicates).toEqual([
      { kind: 'identical', ids: ['train/good/003.png', 'train/good/copy.png'] },
    ]);
    expect(JSON.parse(readFileSync(join(out, 'audit.json'), 'utf8'))).toEqual(report);

    const { train } = await openCategory(root);
    const left = excludeSamples(train, await readExcludeList(join(out, 'exclude.txt')));
    const excluded = train.filter((sample) => !left.includes(sample)).map(({ id }) => id);
    expect(excluded).toContain('train/good/flaw.png');
    expect(excluded).not.toContain('train/good/005.png');
  });

  it('finds a blurred image among sharp ones', async () => {
    const flat = await texture(
      'blurred',
      (_, x, y) => 120 + 40 * Math.sin(x / 9) * Math.cos(y / 9),
    );
    const root = await folder({ 'train/good/blurred.png': flat });
    const report = await audit({
      data: root,
      category: undefined,
      backbone: 'filterbank',
      seed: 1,
    });
    const blurred = report.images.filter(({ reasons }) => reasons.includes('blurred'));
    expect(blurred.map(({ id }) => id)).toEqual(['train/good/blurred.png']);
    expect(report.files).toBeUndefined();
  });

  it('refuses a folder with nothing to compare', async () => {
    const root = makeTree({ 'train/good/000.png': await texture('a', plain) });
    await expect(
      audit({ data: root, category: undefined, backbone: 'filterbank', seed: 1 }),
    ).rejects.toThrow(/at least 3/);
  });
});

describeWithShared('audit of real bottles', () => {
  it('has five planted defects in its top ten', async () => {
    const source = sharedPath('data/mvtec/bottle');
    const root = makeTree({ 'train/good/.keep': new Uint8Array() });
    const good = (await readdir(join(source, 'train/good'))).sort().filter((_, i) => i % 2 === 0);
    const place = (path: string, name: string) => symlink(path, join(root, 'train/good', name));
    for (const name of good) await place(join(source, 'train/good', name), name);
    const planted = ['broken_large/003', 'broken_small/005', 'broken_small/010'];
    planted.push('contamination/005', 'contamination/010');
    for (const [i, id] of planted.entries()) {
      await place(join(source, 'test', `${id}.png`), `planted_${i}.png`);
    }
    const report = await audit({
      data: root,
      category: undefined,
      backbone: 'filterbank',
      seed: 42,
    });
    const top = report.images.slice(0, 10).map(({ id }) => id);
    for (const i of planted.keys()) expect(top).toContain(`train/good/planted_${i}.png`);
  });
});
