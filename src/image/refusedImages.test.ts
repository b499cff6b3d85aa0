import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FlawmapError } from '../core/error.ts';
import { decodeImage, decodeImageBytes } from './decodeImage.ts';

const folder = mkdtempSync(join(tmpdir(), 'flawmap-refused-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A picture with much detail, so that its file is long enough to be cut anywhere. */
const noise = Uint8Array.from({ length: 64 * 48 * 3 }, (_, i) => (i * i * 31 + i * 7) % 251);
const photograph = () => sharp(noise, { raw: { width: 64, height: 48, channels: 3 } });

async function refusal(bytes: Uint8Array, name = 'photo.file'): Promise<FlawmapError> {
  return failure(decodeImageBytes(bytes, name));
}

async function failure(work: Promise<unknown>): Promise<FlawmapError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(FlawmapError);
  return error as FlawmapError;
}

function expectRefusal(
  error: FlawmapError,
  expected: { what: RegExp; found: RegExp; remedy: RegExp },
): void {
  expect(error.kind).toBe('input');
  expect(error.details.what).toMatch(expected.what);
  expect(error.details.what).toContain('photo.file');
  expect(error.details.found).toMatch(expected.found);
  expect(error.details.remedy).toMatch(expected.remedy);
}

const CUT_SHORT = { what: /cut short/, found: /ends before/, remedy: /copy or download .* again/ };
const DAMAGED = { what: /damaged/, found: /./, remedy: /restore the file/ };
const NO_IMAGE = { what: /not an image/, found: /starts with/, remedy: /convert .* PNG/ };

describe('files that are no images', () => {
  it('refuses an empty file', async () => {
    expectRefusal(await refusal(new Uint8Array(0)), {
      what: /cannot read/,
      found: /0 bytes/,
      remedy: /copy the file again/,
    });
  });

  it('refuses text and says how it starts', async () => {
    const error = await refusal(Buffer.from('version https://git-lfs.github.com/spec/v1\noid'));
    expectRefusal(error, { ...NO_IMAGE, found: /"version https:/ });
  });

  it.each([
    ['random bytes', Uint8Array.of(3, 1, 4, 1, 5, 9, 2, 6)],
    ['one byte', Uint8Array.of(0x89)],
    ['a drawing', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['a PDF', Buffer.from('%PDF-1.7\n')],
    ['text that starts as a bitmap', Buffer.from('BMW is a car')],
  ])('refuses %s', async (_, bytes) => {
    expectRefusal(await refusal(bytes), NO_IMAGE);
  });
});

describe('files that are not whole', () => {
  const formats = {
    png: () => photograph().png(),
    'interlaced png': () => photograph().png({ progressive: true }),
    jpeg: () => photograph().jpeg(),
    'progressive jpeg': () => photograph().jpeg({ progressive: true }),
    tiff: () => photograph().tiff({ compression: 'none' }),
    'jpeg tiff': () => photograph().tiff({ compression: 'jpeg' }),
    'lzw tiff': () => photograph().tiff({ compression: 'lzw' }),
    webp: () => photograph().webp({ lossless: true }),
    gif: () => photograph().gif(),
    avif: () => photograph().avif(),
  };

  it.each(Object.entries(formats))('refuses a %s cut anywhere', async (_, make) => {
    const whole = await make().toBuffer();
    const lengths = [0.02, 0.3, 0.6, 0.95].map((share) => Math.floor(whole.length * share));
    for (const length of [16, ...lengths, whole.length - 2]) {
      expectRefusal(await refusal(whole.subarray(0, length)), CUT_SHORT);
    }
  });

  it.each(Object.entries(formats))('refuses several of a %s cut at once', async (_, make) => {
    const whole = await make().toBuffer();
    const lengths = Array.from({ length: 32 }, (_, i) => Math.floor(whole.length * (0.2 + i / 50)));
    const errors = await Promise.all(lengths.map((length) => refusal(whole.subarray(0, length))));
    for (const error of errors) expectRefusal(error, CUT_SHORT);
  });

  it('refuses a PNG with a flipped bit', async () => {
    const bytes = await photograph().png().toBuffer();
    bytes[bytes.indexOf('IDAT') + 500]! ^= 4;
    expectRefusal(await refusal(bytes), DAMAGED);
  });

  it('refuses a JPEG whose decoder had to guess', async () => {
    const bytes = await photograph().jpeg().toBuffer();
    const middle = Math.floor(bytes.length * 0.7);
    for (let i = middle; i < middle + 200; i++) bytes[i]! ^= 0x5a;
    expectRefusal(await refusal(bytes), DAMAGED);
  });

  it('keeps the cause', async () => {
    const bytes = await photograph().jpeg().toBuffer();
    const error = await refusal(bytes.subarray(0, bytes.length / 2));
    expect(error.cause).toBeInstanceOf(Error);
  });
});

describe('images that would mislead', () => {
  it('refuses transparency and says how much', async () => {
    const rgba = new Uint8Array(10 * 10 * 4).fill(255);
    for (let pixel = 0; pixel < 25; pixel++) rgba[pixel * 4 + 3] = pixel * 10;
    const raw = { width: 10, height: 10, channels: 4 } as const;
    const expected = { what: /transparent/, found: /^25% of its pixels/, remedy: /flatten/ };
    expectRefusal(await refusal(await sharp(rgba, { raw }).png().toBuffer()), expected);
    expectRefusal(
      await refusal(await sharp(rgba, { raw }).webp({ lossless: true }).toBuffer()),
      expected,
    );
  });

  it('refuses a single pixel that is almost opaque', async () => {
    const rgba = new Uint8Array(100 * 100 * 4).fill(255);
    rgba[39_999] = 254;
    const image = sharp(rgba, { raw: { width: 100, height: 100, channels: 4 } });
    expect((await refusal(await image.png().toBuffer())).details.found).toMatch(/^0.01%/);
  });

  it.each(['jpeg', 'tiff'] as const)('refuses CMYK in a %s', async (format) => {
    const bytes = await photograph().toColourspace('cmyk').toFormat(format).toBuffer();
    expectRefusal(await refusal(bytes), { what: /print/, found: /CMYK/, remedy: /sRGB/ });
  });

  it('refuses animations and pages', async () => {
    const frames = [photograph(), photograph().negate()];
    const pages = await Promise.all(frames.map((frame) => frame.png().toBuffer()));
    for (const format of ['gif', 'webp'] as const) {
      const bytes = await sharp(pages, { join: { animated: true } })
        .toFormat(format)
        .toBuffer();
      expectRefusal(await refusal(bytes), {
        what: /more than one/,
        found: /^2 frames/,
        remedy: /save the frame/,
      });
    }
  });

  it('refuses TIFF pages', async () => {
    expectRefusal(await refusal(twoPages(await photograph().tiff().toBuffer())), {
      what: /more than one/,
      found: /^2 pages/,
      remedy: /page you want/,
    });
  });

  it('refuses an animated PNG, which decoders read as its first frame', async () => {
    const png = await photograph().png().toBuffer();
    // acTL with 3 frames; its checksum (zeros) is not looked at before the frames are.
    const control = Buffer.alloc(20);
    control.writeUInt32BE(8, 0);
    control.write('acTL', 4, 'latin1');
    control.writeUInt32BE(3, 8);
    const animated = Buffer.concat([png.subarray(0, 33), control, png.subarray(33)]);
    expectRefusal(await refusal(animated), {
      what: /more than one/,
      found: /^3 frames/,
      remedy: /save the frame/,
    });
  });

  it('refuses floating point', async () => {
    const bytes = await photograph()
      .toColourspace('scrgb')
      .raw({ depth: 'float' })
      .toBuffer({ resolveWithObject: true });
    const { width, height, channels } = bytes.info;
    const samples = new Float32Array(bytes.data.buffer, bytes.data.byteOffset);
    const tiff = await sharp(samples, { raw: { width, height, channels } })
      .toColourspace('scrgb')
      .tiff({ compression: 'none' })
      .toBuffer();
    expect((await sharp(tiff).metadata()).depth).toBe('float');
    expectRefusal(await refusal(tiff), {
      what: /cannot read the pixels/,
      found: /floating point/,
      remedy: /8-bit PNG/,
    });
  });
});

/** Links a TIFF's directory to a copy of itself at the file's end. */
function twoPages(page: Buffer): Buffer {
  const directory = page.readUInt32LE(4);
  const length = 2 + page.readUInt16LE(directory) * 12 + 4;
  const file = Buffer.concat([page, page.subarray(directory, directory + length)]);
  file.writeUInt32LE(page.length, directory + length - 4);
  return file;
}

describe('the pixel limit', () => {
  it('is 100 megapixels and is checked before decoding', async () => {
    const png = await photograph().png().toBuffer();
    // 20000 x 6000 in the header, for which there is no data at all.
    png.writeUInt32BE(20_000, 16);
    png.writeUInt32BE(6_000, 20);
    const error = await refusal(png);
    expect(error.details.expected).toBe('at most 100 megapixels');
    expectRefusal(error, {
      what: /too large/,
      found: /^20000 x 6000 = 120 megapixels$/,
      remedy: /smaller|crop/,
    });
  });

  it('can be set, and is inclusive', async () => {
    const bytes = await photograph().png().toBuffer();
    const limit = 64 * 48;
    await expect(decodeImageBytes(bytes, 'a.png', { pixelLimit: limit })).resolves.toBeDefined();
    const error = await failure(decodeImageBytes(bytes, 'a.png', { pixelLimit: limit - 1 }));
    expect(error.message).toContain('64 x 48');
  });
});

describe('files that cannot be opened', () => {
  it('says that a file is missing', async () => {
    const error = await failure(decodeImage(join(folder, 'nowhere.png')));
    expect(error.kind).toBe('input');
    expect(error.message).toContain('nowhere.png');
    expect(error.message).toContain('no such file');
  });

  it('says that a folder is no file', async () => {
    mkdirSync(join(folder, 'folder.png'));
    const error = await failure(decodeImage(join(folder, 'folder.png')));
    expect(error.kind).toBe('input');
    expect(error.details.found).toBe('a folder');
  });

  describe('for lack of permission', () => {
    const path = join(folder, 'locked.png');
    const isRoot = process.getuid?.() === 0;
    // Root may read everything: become somebody else for the test.
    beforeAll(() => {
      writeFileSync(path, noise);
      chmodSync(path, 0o000);
      if (isRoot) process.seteuid?.(65534);
    });
    afterAll(() => {
      if (isRoot) process.seteuid?.(0);
    });

    it.skipIf(process.platform === 'win32')('says so', async () => {
      const error = await failure(decodeImage(path));
      expect(error.kind).toBe('environment');
      expect(error.message).toContain('locked.png');
      expect(error.details.found).toContain('access denied');
      expect(error.details.remedy).toContain('permissions');
    });
  });
});
