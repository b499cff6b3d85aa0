/** Small made-up photographs of a product, as folders to fit and test on. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createRandom } from '../../src/core/random.ts';
import { encodeMaskPng, encodePng } from '../../src/image/encodeImage.ts';
import type { Mask, RgbImage } from '../../src/image/image.ts';

export interface PhotographOptions {
  /** Other seeds give other noise and another phase of the stripes. */
  readonly seed: number;
  readonly width?: number;
  readonly height?: number;
  /** With a dark square in it, at {@link FLAW}. */
  readonly flawed?: boolean;
}

/** Where the flaw is, as shares of width and height. */
export const FLAW = { x: 0.5, y: 0.25, width: 0.25, height: 0.25 };

/** Soft stripes with a little noise: what is normal here. */
export function photograph({
  seed,
  width = 96,
  height = 96,
  flawed = false,
}: PhotographOptions): RgbImage {
  const random = createRandom(`photograph ${seed}`);
  const phase = random.uniform(0, 2 * Math.PI);
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const stripe = 130 + 40 * Math.sin((16 * Math.PI * x) / width + phase);
      const grey = flawed && isFlaw(x, y, width, height) ? 15 : stripe;
      for (let channel = 0; channel < 3; channel++) {
        data[(y * width + x) * 3 + channel] = grey + 8 * channel + random.uniform(-6, 6);
      }
    }
  }
  return { width, height, data };
}

const isFlaw = (x: number, y: number, width: number, height: number) =>
  x >= FLAW.x * width &&
  x < (FLAW.x + FLAW.width) * width &&
  y >= FLAW.y * height &&
  y < (FLAW.y + FLAW.height) * height;

export function flawMask(width = 96, height = 96): Mask {
  const data = Uint8Array.from({ length: width * height }, (_, i) =>
    isFlaw(i % width, Math.floor(i / width), width, height) ? 1 : 0,
  );
  return { width, height, data };
}

export const photographPng = (options: PhotographOptions): Promise<Uint8Array> =>
  encodePng(photograph(options));

export interface CategoryCounts {
  readonly train: number;
  readonly good?: number;
  readonly flawed?: number;
  /** How many of the flawed have a mask; default all. */
  readonly masks?: number;
}

/**
 * The files of a category in the MVTec AD layout, by path: `test/scratch` holds the flawed. Made
 * anew, so that a test may change them.
 */
export async function categoryFiles({
  train,
  good = 0,
  flawed = 0,
  masks = flawed,
}: CategoryCounts): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  const name = (i: number) => String(i).padStart(3, '0');
  for (let i = 0; i < train; i++) {
    files[`train/good/${name(i)}.png`] = await photographPng({ seed: i });
  }
  for (let i = 0; i < good; i++) {
    files[`test/good/${name(i)}.png`] = await photographPng({ seed: 1000 + i });
  }
  for (let i = 0; i < flawed; i++) {
    files[`test/scratch/${name(i)}.png`] = await photographPng({ seed: 2000 + i, flawed: true });
    if (i < masks) {
      files[`ground_truth/scratch/${name(i)}_mask.png`] = await encodeMaskPng(flawMask());
    }
  }
  return files;
}

/** A temporary folder for a whole test file; the caller removes it. */
export function makeFolder(files: Readonly<Record<string, Uint8Array | string>> = {}) {
  const own = mkdtempSync(join(tmpdir(), 'flawmap-test-'));
  // Which images are held out follows from the folder's name: one that is always the same.
  const root = join(own, 'part');
  mkdirSync(root);
  // Tests of missing rights look into it as another user, who must get this far.
  chmodSync(own, 0o755);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return { root, remove: () => rmSync(own, { recursive: true, force: true }) };
}
