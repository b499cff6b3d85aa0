import { expect, test } from 'vitest';
import { THUMBNAILS_KEY } from './metadataKeys.ts';
import { parseThumbnails } from './thumbnails.ts';

const parsed = (text: string) => parseThumbnails(new Map([[THUMBNAILS_KEY, text]]), 'a.onnx');

test('are a list of strings, or none at all', () => {
  expect(parsed('["/9j/"]')).toEqual(['/9j/']);
  expect(parseThumbnails(new Map(), 'a.onnx')).toEqual([]);
});

test.each(['', '["/9j/"', '{}', '[1]', 'null'])('are refused as %j', (text) => {
  expect(() => parsed(text)).toThrow(/a\.onnx has thumbnails that cannot be read.*flawmap fit/s);
});
