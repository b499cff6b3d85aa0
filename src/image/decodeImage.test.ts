import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { describeWithShared, sharedPath } from '../../test/support/shared.ts';
import { decodeImage, decodeImageBytes } from './decodeImage.ts';

const folder = mkdtempSync(join(tmpdir(), 'flawmap-decode-'));
afterAll(() => rmSync(folder, { recursive: true }));

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Six pixels, no two alike: red green blue / black grey white. */
const SIX = { width: 3, height: 2, channels: 3 } as const;
const SIX_DATA = Uint8Array.of(
  ...[255, 0, 0, 0, 255, 0, 0, 0, 255],
  ...[0, 0, 0, 99, 100, 101, 255, 255, 255],
);
const sixPixels = () => sharp(SIX_DATA, { raw: SIX });

function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

/** A PNG made by hand, independent of the codec: 16-bit grey, RGB or RGBA. */
function png16(width: number, height: number, channels: 1 | 3 | 4, samples: Uint16Array): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([16, { 1: 0, 3: 2, 4: 6 }[channels], 0, 0, 0], 8);
  const stride = width * channels * 2 + 1;
  const rows = Buffer.alloc(stride * height);
  samples.forEach((sample, i) => {
    const row = Math.floor(i / (width * channels));
    rows.writeUInt16BE(sample, row * stride + 1 + (i % (width * channels)) * 2);
  });
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A TIFF made by hand: one strip of little-endian 16-bit grey samples. */
function tiff16(width: number, height: number, samples: Uint16Array): Buffer {
  const fields: [number, number, number][] = [
    [256, 3, width],
    [257, 3, height],
    [258, 3, 16],
    [259, 3, 1],
    [262, 3, 1],
    [273, 4, 8],
    [277, 3, 1],
    [278, 3, height],
    [279, 4, samples.length * 2],
  ];
  const file = Buffer.alloc(8 + samples.length * 2 + 2 + fields.length * 12 + 4);
  file.write('II*\0', 'latin1');
  file.writeUInt32LE(8 + samples.length * 2, 4);
  samples.forEach((sample, i) => {
    file.writeUInt16LE(sample, 8 + i * 2);
  });
  let at = 8 + samples.length * 2;
  at = file.writeUInt16LE(fields.length, at);
  for (const [tag, type, value] of fields) {
    file.writeUInt16LE(tag, at);
    file.writeUInt16LE(type, at + 2);
    file.writeUInt32LE(1, at + 4);
    file.writeUInt32LE(value, at + 8);
    at += 12;
  }
  return file;
}

const every16BitValue = Uint16Array.from({ length: 65536 }, (_, i) => i);

describe('decodeImage', () => {
  it.each([
    ['png', () => sixPixels().png()],
    ['tiff', () => sixPixels().tiff({ compression: 'lzw' })],
    ['webp', () => sixPixels().webp({ lossless: true })],
    ['gif', () => sixPixels().gif()],
    ['palette png', () => sixPixels().png({ palette: true })],
    ['interlaced png', () => sixPixels().png({ progressive: true })],
  ])('reads %s losslessly', async (_, make) => {
    const path = join(folder, 'whatever the name says');
    writeFileSync(path, await make().toBuffer());
    const image = await decodeImage(path);
    expect(image).toStrictEqual({ width: 3, height: 2, data: SIX_DATA });
  });

  it('reads AVIF closely', async () => {
    const bytes = await sixPixels().avif({ lossless: true }).toBuffer();
    const { width, height, data } = await decodeImageBytes(bytes, 'a.avif');
    expect([width, height]).toEqual([3, 2]);
    data.forEach((value, i) => {
      expect(Math.abs(value - SIX_DATA[i]!)).toBeLessThanOrEqual(3);
    });
  });

  it('reads JPEG as Pillow does', async () => {
    // python3 -c "import io,base64,numpy as np; from PIL import Image; y,x=np.mgrid[0:16,0:16];
    //   a=np.dstack([x*16,y*16,(x*7+y*5)%256]).astype(np.uint8); b=io.BytesIO();
    //   Image.fromarray(a).save(b,'JPEG',quality=60); print(base64.b64encode(b.getvalue()));
    //   print(np.asarray(Image.open(b))[5].ravel())"
    const bytes = Buffer.from(
      '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywt' +
        'QFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09P' +
        'T09PT09PT09PT09PT09PT09PT0//wAARCAAQABADASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcI' +
        'CQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRol' +
        'JicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ip' +
        'qrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAA' +
        'AAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLR' +
        'ChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaX' +
        'mJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEA' +
        'PwDkrTTeny1t2mm9PlrWtNN6fLW3aab0+WuaNceWZltqf//Z',
      'base64',
    );
    const sixthRow = [
      ...[1, 79, 29, 10, 82, 34, 26, 83, 40, 43, 83, 48, 60, 80, 52, 76, 79, 58, 93, 81, 67, 106],
      ...[81, 74, 121, 83, 82, 134, 83, 88, 150, 84, 96, 166, 83, 103, 185, 81, 108, 201, 80, 115],
      ...[218, 82, 122, 227, 84, 127],
    ];
    const { data } = await decodeImageBytes(bytes, 'a.jpg');
    sixthRow.forEach((expected, i) => {
      expect(Math.abs(data[5 * 48 + i]! - expected)).toBeLessThanOrEqual(1);
    });
  });

  it('makes RGB of grey', async () => {
    const grey = Uint8Array.of(0, 7, 254, 255);
    const png = sharp(grey, { raw: { width: 2, height: 2, channels: 1 } }).toColourspace('b-w');
    const { data } = await decodeImageBytes(await png.png().toBuffer(), 'grey.png');
    expect([...data]).toEqual([0, 0, 0, 7, 7, 7, 254, 254, 254, 255, 255, 255]);
  });

  it.each([
    ['PNG', png16(256, 256, 1, every16BitValue)],
    ['TIFF', tiff16(256, 256, every16BitValue)],
  ])('rounds all values of a grey 16-bit %s', async (_, bytes) => {
    const { data } = await decodeImageBytes(bytes, 'deep');
    // Exact, in integers: round(v / 257) = floor((2 v + 257) / 514).
    const expected = Uint8Array.from({ length: 65536 * 3 }, (_, i) =>
      Number((BigInt(Math.floor(i / 3)) * 2n + 257n) / 514n),
    );
    expect(hash(data)).toBe(hash(expected));
  });

  it('rounds 16-bit RGB', async () => {
    const samples = Uint16Array.of(0, 128, 129, 385, 386, 65406, 65407, 65535, 32767);
    const { data } = await decodeImageBytes(png16(3, 1, 3, samples), 'deep.png');
    expect([...data]).toEqual([0, 0, 1, 1, 2, 254, 255, 255, 127]);
  });

  it('drops an opaque alpha channel', async () => {
    const rgba = await sixPixels().ensureAlpha().png().toBuffer();
    expect((await decodeImageBytes(rgba, 'a.png')).data).toEqual(SIX_DATA);
    const greyAlpha = sharp(Uint8Array.of(5, 255, 9, 255), {
      raw: { width: 2, height: 1, channels: 2 },
    });
    const bytes = await greyAlpha.toColourspace('b-w').png().toBuffer();
    expect((await sharp(bytes).metadata()).channels).toBe(2);
    expect([...(await decodeImageBytes(bytes, 'a.png')).data]).toEqual([5, 5, 5, 9, 9, 9]);
    const deep = png16(1, 1, 4, Uint16Array.of(257, 514, 65535, 65535));
    expect([...(await decodeImageBytes(deep, 'a.png')).data]).toEqual([1, 2, 255]);
    const translucent = png16(1, 1, 4, Uint16Array.of(257, 514, 65535, 65534));
    await expect(decodeImageBytes(translucent, 'a.png')).rejects.toThrow('transparent');
  });

  // Red green blue / black grey white, as a viewer shows them. R G B K A W name the pixels.
  it.each([
    [1, 'RGB KAW'],
    [2, 'BGR WAK'],
    [3, 'WAK BGR'],
    [4, 'KAW RGB'],
    [5, 'RK GA BW'],
    [6, 'KR AG WB'],
    [7, 'WB AG KR'],
    [8, 'BW GA RK'],
  ])('applies EXIF orientation %i', async (orientation, expected) => {
    const turned = sixPixels().withMetadata({ orientation });
    const encoders = [turned.clone().png(), turned.clone().tiff({ compression: 'lzw' })];
    for (const encoder of encoders) {
      const bytes = await encoder.toBuffer();
      const image = await decodeImageBytes(bytes, 'turned');
      const names = Array.from({ length: 6 }, (_, pixel) => {
        const rgb = image.data.subarray(pixel * 3, pixel * 3 + 3).join();
        const index = [0, 1, 2, 3, 4, 5].find(
          (i) => SIX_DATA.subarray(i * 3, i * 3 + 3).join() === rgb,
        );
        return 'RGBKAW'[index!];
      });
      const rows = Array.from({ length: image.height }, (_, y) =>
        names.slice(y * image.width, (y + 1) * image.width).join(''),
      );
      expect(rows.join(' ')).toBe(expected);
    }
  });

  it('does not apply an embedded colour profile', async () => {
    const bytes = await sixPixels()
      .withIccProfile('p3', { attach: true })
      .png()
      .toBuffer({ resolveWithObject: true });
    expect((await sharp(bytes.data).metadata()).hasProfile).toBe(true);
    const stored = await sharp(bytes.data, { ignoreIcc: true }).raw().toBuffer();
    const managed = await sharp(bytes.data).raw().toBuffer();
    // The profile would change the values, or this test would show nothing.
    expect(managed.equals(stored)).toBe(false);
    const { data } = await decodeImageBytes(bytes.data, 'p3.png');
    expect(Buffer.from(data).equals(stored)).toBe(true);
  });

  it('does not apply PNG gamma', async () => {
    const png = await sixPixels().png().toBuffer();
    const gamma = Buffer.alloc(4);
    gamma.writeUInt32BE(100_000); // gamma 1.0: linear light
    const withGamma = Buffer.concat([
      png.subarray(0, 33),
      pngChunk('gAMA', gamma),
      png.subarray(33),
    ]);
    expect((await decodeImageBytes(withGamma, 'linear.png')).data).toEqual(SIX_DATA);
  });

  it('gives an image that does not share memory with others', async () => {
    const bytes = await sixPixels().png().toBuffer();
    const [first, second] = await Promise.all([
      decodeImageBytes(bytes, 'a.png'),
      decodeImageBytes(bytes, 'a.png'),
    ]);
    first.data.fill(1);
    expect(second.data).toEqual(SIX_DATA);
  });
});

describeWithShared('decodeImage on real photographs', () => {
  it('gives the values of Pillow', async () => {
    const { width, height, data } = await decodeImage(
      sharedPath('data/mvtec/bottle/test/broken_large/000.png'),
    );
    expect([width, height]).toEqual([256, 256]);
    // python3 -c "import hashlib,numpy as np; from PIL import Image; print(hashlib.sha256(np.asarray(
    //   Image.open('data/mvtec/bottle/test/broken_large/000.png').convert('RGB')).tobytes()).hexdigest())"
    expect(hash(data)).toBe('96d559548d79dbe32cad7560b3fe11685c013f148bc1509765410ef7b1a4ef4f');
  });
});
