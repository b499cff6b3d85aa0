/** Image files that are refused, and unusual ones that are fine. */
import { chmodSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { EXIT_CODES } from '../../src/cli/exitCodes.ts';
import { type BrokenImage, brokenImages } from '../support/brokenImages.ts';
import { photograph } from '../support/photographs.ts';
import { runCommand } from '../support/runCommand.ts';
import { makeTree } from '../support/tree.ts';
import { withoutRights } from '../support/withoutRights.ts';
import { useWorkplace } from '../support/workplace.ts';

let broken: Record<string, BrokenImage>;

beforeAll(async () => {
  broken = await brokenImages();
});

const place = useWorkplace();

describe('images', () => {
  const KINDS = [
    'a zero-byte file',
    'a truncated PNG',
    'a truncated JPEG',
    'a corrupt PNG',
    'text named as an image',
    'a CMYK JPEG',
    'a PNG with transparent parts',
    'an animated GIF',
    'an animated WebP',
    'an animated PNG',
    'an image of 400 megapixels',
    'floating-point pixels',
  ];

  it('are refused in every kind there is a file for', () => {
    expect(Object.keys(broken).sort()).toEqual([...KINDS].sort());
  });

  it.each(KINDS)('%s is refused by fit, predict and evaluate', async (kind) => {
    const { fileName, bytes, found, remedy } = broken[kind]!;
    for (const [folder, args] of [
      ['train/good', place.fit()],
      ['test/scratch', place.predict(join(place.data, 'test'))],
      ['test/scratch', place.evaluate()],
    ] as const) {
      const path = join(place.data, folder, fileName);
      writeFileSync(path, bytes);
      const said = await place.refused(args, EXIT_CODES.input);
      expect(said).toContain(path);
      expect(said).toMatch(found);
      expect(said.split('to do:')[1]).toMatch(remedy);
      rmSync(path);
    }
  });

  it('one that breaks off a prediction leaves whole files of those before it', async () => {
    writeFileSync(join(place.data, 'test/scratch/zzz.png'), broken['a truncated PNG']!.bytes);
    const out = join(place.work, 'out');
    const args = [...place.predict(join(place.data, 'test')), '--out', out, '--json'];
    const { exitCode, stdout } = await runCommand(args);
    expect(exitCode).toBe(EXIT_CODES.input);
    expect(stdout).toBe('');
    const written = readdirSync(out, { recursive: true, withFileTypes: true });
    const names = written.filter((entry) => entry.isFile()).map(({ name }) => name);
    expect(names.sort()).toEqual([
      '000_map.npy',
      '000_map.npy',
      '000_overlay.png',
      '000_overlay.png',
    ]);
  });

  it('a broken link is refused', async () => {
    for (const [folder, args] of [
      ['train/good', place.fit()],
      ['test/good', place.predict(join(place.data, 'test/good'))],
    ] as const) {
      const path = join(place.data, folder, 'link.png');
      symlinkSync(join(place.work, 'gone.png'), path);
      const said = await place.refused(args, EXIT_CODES.input);
      expect(said).toContain(`${path} is a link to a file that is not there`);
      expect(said).toContain('remove the link');
      rmSync(path);
    }
  });

  it('one without permission to read it is refused', async () => {
    const path = join(place.data, 'test/good/000.png');
    for (const folder of [place.work, join(place.model, '..')]) chmodSync(folder, 0o755);
    chmodSync(path, 0o000);
    const { exitCode, stderr } = await withoutRights(() =>
      runCommand(['predict', place.model, path]),
    );
    expect(exitCode).toBe(EXIT_CODES.environment);
    expect(stderr).toContain(path);
    expect(stderr).toContain('change the permissions of the file');
  });

  it.skipIf(process.platform !== 'linux')('one on a disk that fails is refused', async () => {
    // Reading this file from its start fails with EIO.
    const path = join(place.data, 'train/good/bad_sector.png');
    symlinkSync('/proc/self/mem', path);
    const said = await place.refused(place.fit(), EXIT_CODES.environment);
    expect(said).toContain(path);
    expect(said).toContain('check the disk');
  });
});

describe('unusual images that are fine', () => {
  const { width, height, data: pixels } = photograph({ seed: 2000, flawed: true });
  const picture = () => sharp(pixels, { raw: { width, height, channels: 3 } });

  async function scoresOf(images: Record<string, Uint8Array>): Promise<Record<string, number>> {
    const folder = makeTree(images);
    const { exitCode, stdout } = await runCommand([...place.predict(folder), '--json']);
    expect(exitCode).toBe(EXIT_CODES.ok);
    const { predictions } = JSON.parse(stdout) as {
      predictions: { path: string; score: number; width: number; height: number }[];
    };
    for (const prediction of predictions) {
      expect([prediction.width, prediction.height]).toEqual([width, height]);
    }
    return Object.fromEntries(
      predictions.map(({ path, score }) => [path.slice(folder.length + 1), score]),
    );
  }

  it('score alike: 8 bits, 16 bits, an opaque alpha channel, rotated by EXIF, other formats', async () => {
    const plain = await picture().png().toBuffer();
    // A 16-bit value of 257 v is the 8-bit value v.
    const deep = Uint16Array.from(pixels, (value) => value * 257);
    const scores = await scoresOf({
      'plain.png': plain,
      'deep.png': await sharp(deep, { raw: { width, height, channels: 3 } })
        .toColourspace('rgb16')
        .png()
        .toBuffer(),
      'alpha.png': await picture().ensureAlpha(1).png().toBuffer(),
      // Turned to the left, and marked to be turned back.
      'rotated.tif': await sharp(await picture().rotate(-90).png().toBuffer())
        .withMetadata({ orientation: 6 })
        .tiff({ compression: 'none' })
        .toBuffer(),
      'lossless.webp': await picture().webp({ lossless: true }).toBuffer(),
    });
    expect(Object.keys(scores)).toHaveLength(5);
    for (const score of Object.values(scores)) expect(score).toBe(scores['plain.png']);
  });

  it('score alike: grey as one channel and as three', async () => {
    const grey = Uint8Array.from({ length: width * height }, (_, i) => pixels[3 * i]!);
    const three = Uint8Array.from({ length: 3 * width * height }, (_, i) => pixels[i - (i % 3)]!);
    const scores = await scoresOf({
      'one.png': await sharp(grey, { raw: { width, height, channels: 1 } })
        .toColourspace('b-w')
        .png()
        .toBuffer(),
      'three.png': await sharp(three, { raw: { width, height, channels: 3 } })
        .png()
        .toBuffer(),
    });
    expect(scores['one.png']).toBe(scores['three.png']);
  });
});
