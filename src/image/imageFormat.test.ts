import { describe, expect, it } from 'vitest';
import { IMAGE_EXTENSIONS, isImageFile, sniffFormat } from './imageFormat.ts';

describe('isImageFile', () => {
  it.each(['a.png', 'A.JPG', 'x/y/b.Tiff', 'c:\\photos\\d.bmp', 'two.dots.webp'])(
    'takes %s',
    (name) => {
      expect(isImageFile(name)).toBe(true);
    },
  );

  it.each(['notes.txt', 'png', '.png', '._000.png', 'x/.hidden.jpg', 'a.png/b', 'a.svg', ''])(
    'leaves %j',
    (name) => {
      expect(isImageFile(name)).toBe(false);
    },
  );

  it('lists lower-case extensions with their dot', () => {
    expect([...IMAGE_EXTENSIONS].every((extension) => /^\.[a-z]+$/.test(extension))).toBe(true);
  });
});

describe('sniffFormat', () => {
  it('goes by the first bytes, line breaks among them', () => {
    expect(sniffFormat(Buffer.from('RIFF\n\n\n\nWEBPVP8 '))).toBe('webp');
    expect(sniffFormat(Buffer.from('MM\0*\0\0\0\b'))).toBe('tiff');
    expect(sniffFormat(Buffer.from('BM\n\n\n\n\0\0\0\0'))).toBe('bmp');
    expect(sniffFormat(Buffer.from('BM and then some text'))).toBeUndefined();
    expect(sniffFormat(new Uint8Array(0))).toBeUndefined();
  });
});
